using k8s;
using k8s.Models;
using Shouldly;
using SpeechEmotion.Server.Broker;
using SpeechEmotion.Server.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Deployment;

/// <summary>The manifests of Kubernetes: what its own types and this product know, and what the pods may do.</summary>
public sealed class KubernetesDeploymentTests
{
    private const string Base = "kubernetes/base";
    private const string OfPostgres = "kubernetes/overlays/keda-postgresql/scaled-object.yaml";
    private const string OfRabbit = "kubernetes/overlays/keda-rabbitmq/scaled-object.yaml";

    private static readonly Dictionary<string, Type> Types = new()
    {
        ["v1/Namespace"] = typeof(V1Namespace),
        ["v1/ConfigMap"] = typeof(V1ConfigMap),
        ["v1/Secret"] = typeof(V1Secret),
        ["v1/Service"] = typeof(V1Service),
        ["apps/v1/Deployment"] = typeof(V1Deployment),
        ["apps/v1/StatefulSet"] = typeof(V1StatefulSet),
        ["autoscaling/v2/HorizontalPodAutoscaler"] = typeof(V2HorizontalPodAutoscaler),
        ["policy/v1/PodDisruptionBudget"] = typeof(V1PodDisruptionBudget),
        ["networking.k8s.io/v1/NetworkPolicy"] = typeof(V1NetworkPolicy),
    };

    public static TheoryData<string> Manifests => [.. DeploymentFiles.In("kubernetes", "*.yaml")
        .Where(path => Path.GetFileName(path) is not ("kustomization.yaml" or "scaled-object.yaml"))];

    public static TheoryData<string> Kustomizations => [.. DeploymentFiles.In("kubernetes", "kustomization.yaml")];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Manifests))]
    public void Manifest_Strict_HasOnlyFieldsOfKubernetes(string path) => Load(path).ShouldNotBeEmpty();

    [Fact]
    public void Manifest_UnknownField_IsRefused() => Should.Throw<Exception>(() => KubernetesYaml.LoadAllFromString(
        "apiVersion: v1\nkind: Service\nmetadata: { name: a }\nspec: { port: 1 }\n", Types, strict: true));

    [Theory, MemberData(nameof(Kustomizations))]
    public void Kustomization_Files_Exist(string path)
    {
        var folder = Path.GetDirectoryName(Path.Combine(DeploymentFiles.Root, path))!;
        var document = DeploymentFiles.Documents(path).ShouldHaveSingleItem();

        document.Text("kind").ShouldBe("Kustomization");
        var patches = document.Maps("patches").Select(patch => patch.Text("path")).OfType<string>();
        foreach (var file in document.List("resources").Concat(patches))
            Path.Exists(Path.Combine(folder, file)).ShouldBeTrue(file);
    }

    [Fact]
    public void Pods_AllOfThem_AreHardened()
    {
        var pods = Pods();

        pods.Length.ShouldBe(2);
        foreach (var pod in pods)
        {
            pod.SecurityContext.RunAsNonRoot.ShouldBe(true);
            pod.SecurityContext.SeccompProfile.Type.ShouldBe("RuntimeDefault");
            pod.AutomountServiceAccountToken.ShouldBe(false);
            // Otherwise a Service with the name "ser" sets SER_PORT.
            pod.EnableServiceLinks.ShouldBe(false);
            // A drain takes two minutes.
            pod.TerminationGracePeriodSeconds.ShouldBe(150);
            foreach (var container in pod.Containers)
            {
                container.SecurityContext.ReadOnlyRootFilesystem.ShouldBe(true);
                container.SecurityContext.AllowPrivilegeEscalation.ShouldBe(false);
                container.SecurityContext.Capabilities.Drop.ShouldBe(["ALL"]);
                container.Resources.Limits.Keys.ShouldBe(["cpu", "memory", "ephemeral-storage"], ignoreOrder: true);
                container.VolumeMounts.Select(mount => mount.MountPath).ShouldBe(["/data", "/tmp"], ignoreOrder: true);
            }
        }
    }

    [Fact]
    public void Pods_Arguments_AreOfTheirPrograms()
    {
        foreach (var container in Pods().SelectMany(pod => pod.Containers))
            ProgramArguments.Check(container.Args);
    }

    [Fact]
    public void Pods_Probes_AreRoutesOfTheServer()
    {
        var server = Pods().SelectMany(pod => pod.Containers).Single(container => container.Name == "server");

        server.StartupProbe.HttpGet.Path.ShouldBe("/health/ready");
        server.ReadinessProbe.HttpGet.Path.ShouldBe("/health/ready");
        server.LivenessProbe.HttpGet.Path.ShouldBe("/health/live");
    }

    [Fact]
    public void Secrets_Examples_AreWhatThePodsReadAndHaveNoPasswords()
    {
        var secrets = Load($"{Base}/secret.example.yaml").Cast<V1Secret>().ToArray();

        Pods().SelectMany(pod => pod.Containers).SelectMany(container => container.EnvFrom)
            .Select(source => source.SecretRef?.Name).OfType<string>().Distinct()
            .ShouldBe(secrets.Select(secret => secret.Metadata.Name), ignoreOrder: true);
        foreach (var (key, value) in secrets.SelectMany(secret => secret.StringData))
            value.ShouldContain("REPLACE", customMessage: key);
    }

    [Theory, InlineData(OfRabbit, "rabbitmq", "host"), InlineData(OfPostgres, "postgresql", "connection")]
    public void ScaledObject_Structure_IsThatOfKeda(string path, string type, string parameter)
    {
        var documents = DeploymentFiles.Documents(path);
        var (login, scaled) = (documents[0], documents[1]);

        documents.ShouldAllBe(document => document.Text("apiVersion") == "keda.sh/v1alpha1");
        documents.Select(document => document.Text("kind")).ShouldBe(["TriggerAuthentication", "ScaledObject"]);
        login["spec"].Maps("secretTargetRef").ShouldHaveSingleItem().Text("parameter").ShouldBe(parameter);
        scaled["spec"].Keys.ShouldBe(
            ["scaleTargetRef", "pollingInterval", "minReplicaCount", "maxReplicaCount", "advanced", "triggers"], ignoreOrder: true);
        scaled["spec"]["scaleTargetRef"].Text("name").ShouldBe(Load($"{Base}/worker.yaml").OfType<V1Deployment>().Single().Metadata.Name);
        var trigger = scaled["spec"].Maps("triggers").ShouldHaveSingleItem();
        trigger.Text("type").ShouldBe(type);
        trigger["authenticationRef"].Text("name").ShouldBe(login["metadata"].Text("name"));
        trigger["metadata"].Text("queueName").ShouldBe(type == "rabbitmq" ? WorkQueue.Chunks : null);
        trigger["metadata"].Keys.ShouldBe(
            type == "rabbitmq" ? ["protocol", "queueName", "mode", "value"] : ["query", "targetQueryValue"], ignoreOrder: true);
    }

    [Fact]
    public async Task ScaledObject_Query_CountsTheFreeChunks()
    {
        var query = DeploymentFiles.Documents(OfPostgres)[1]["spec"].Maps("triggers")[0]["metadata"].Text("query")!;
        var address = await SharedPostgres.CreateAsync();
        await using var database = await BatchDatabase.OpenAsync(address);
        await database.BatchAsync(450);
        await CheckAsync(5);
        await database.Leases.TakeAsync("worker", Ct);
        await CheckAsync(4);

        await SharedPostgres.Server.ExecuteAsync(address, "UPDATE batch_chunks SET \"LeasedUntil\" = 0");

        await CheckAsync(5);

        async Task CheckAsync(int expected)
        {
            (await database.Leases.CountFreeAsync(1000, Ct)).ShouldBe(expected);
            (await SharedPostgres.Server.HasAsync(address, $"SELECT 1 WHERE ({query}) = {expected}")).ShouldBeTrue();
        }
    }

    private static V1PodSpec[] Pods() =>
    [
        Load($"{Base}/server.yaml").OfType<V1StatefulSet>().Single().Spec.Template.Spec,
        Load($"{Base}/worker.yaml").OfType<V1Deployment>().Single().Spec.Template.Spec,
    ];

    private static List<object> Load(string path) => KubernetesYaml.LoadAllFromString(DeploymentFiles.Text(path), Types, strict: true);
}
