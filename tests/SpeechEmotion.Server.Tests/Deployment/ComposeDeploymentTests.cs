using System.Globalization;
using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace SpeechEmotion.Server.Tests.Deployment;

/// <summary>The files of Docker Compose, and the image.</summary>
public sealed partial class ComposeDeploymentTests
{
    private const string Program = "speech-emotion:";

    public static TheoryData<string> Services => [.. DeploymentFiles.In("compose", "*.yaml")
        .SelectMany(path => DeploymentFiles.Documents(path)[0]["services"].Keys.Select(name => $"{path} {name}"))];

    public static TheoryData<string> Files => [.. DeploymentFiles.In("compose", "*.yaml")];

    [Theory, MemberData(nameof(Services))]
    public void Service_EachOfThem_IsHardened(string service)
    {
        var settings = Service(service);

        settings.Text("read_only").ShouldBe("true");
        settings.List("cap_drop").ShouldBe(["ALL"]);
        settings.Has("cap_add").ShouldBeFalse();
        settings.Has("privileged").ShouldBeFalse();
        settings.List("security_opt").ShouldBe(["no-new-privileges:true"]);
        foreach (var limit in new[] { "mem_limit", "cpus", "pids_limit" })
            settings.Has(limit).ShouldBeTrue(limit);
        settings.Text("image")!.ShouldContain(':');
        settings.Text("image")!.ShouldNotEndWith(":latest");
        // Only this machine reaches them.
        settings.List("ports").ShouldAllBe(port => port.StartsWith("127.0.0.1:", StringComparison.Ordinal));
        if (settings.Text("image")!.StartsWith(Program, StringComparison.Ordinal))
        {
            ProgramArguments.Check(settings.List("command"));
            // A drain takes two minutes.
            int.Parse(settings.Text("stop_grace_period")!.TrimEnd('s'), CultureInfo.InvariantCulture).ShouldBeGreaterThan(120);
            settings.List("tmpfs").Concat(settings.List("volumes")).Where(mount => mount.Contains("/data", StringComparison.Ordinal))
                .ShouldHaveSingleItem();
        }
        else
        {
            settings.Text("user").ShouldNotBeNullOrEmpty();
        }
    }

    [Theory, MemberData(nameof(Files))]
    public void File_NamesInIt_AreDeclared(string path)
    {
        var document = DeploymentFiles.Documents(path).ShouldHaveSingleItem();
        var services = document["services"].Keys.Select(name => document["services"][name]).ToArray();

        services.SelectMany(service => service.List("volumes")).Select(volume => volume.Split(':')[0])
            .Where(volume => !volume.StartsWith('.')).Distinct().ShouldBe(document["volumes"].Keys, ignoreOrder: true);
        VariablePattern().Matches(DeploymentFiles.Text(path)).Select(match => match.Groups[1].Value).Distinct()
            .ShouldBeSubsetOf(Secrets().Keys);
    }

    [Fact]
    public void Secrets_Example_HasNoValues() => Secrets().Values.ShouldAllBe(value => value.Length == 0);

    [Fact]
    public void Image_Runtime_IsNotRoot()
    {
        var lines = DeploymentFiles.Text("Dockerfile").Split('\n');

        lines.Last(line => line.StartsWith("USER ", StringComparison.Ordinal)).ShouldBe("USER 1654:1654");
        lines.ShouldContain("ENTRYPOINT [\"/app/ser\"]");
        lines.ShouldContain(line => line.StartsWith("HEALTHCHECK ", StringComparison.Ordinal) && line.Contains("/health/ready"));
    }

    private static YamlMap Service(string service)
    {
        var (path, name) = service.Split(' ') is [var first, var second] ? (first, second) : throw new ArgumentException(service);
        return DeploymentFiles.Documents(path)[0]["services"][name];
    }

    private static Dictionary<string, string> Secrets() => DeploymentFiles.Text("compose/.env.example").Split('\n')
        .Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split('=', 2))
        .ToDictionary(pair => pair[0], pair => pair[1]);

    // "$$" is a dollar sign.
    [GeneratedRegex(@"(?<!\$)\$\{(\w+):\?\}")]
    private static partial Regex VariablePattern();
}
