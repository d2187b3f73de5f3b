using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Shouldly;
using SpeechEmotion.Server.Hosting;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Tests.Access;
using SpeechEmotion.Server.Tests.Support;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Hosting;

/// <summary>HTTPS with a self-signed certificate or a given one.</summary>
public sealed class CertificateTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualTime _time = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Https_SelfSigned_NamesThisMachineAndIsKept()
    {
        using var folder = new TemporaryFolder();
        X509Certificate2 first;
        await using (var server = await RunningServer.StartAsync([("Https", "true")], () => new SlowModel(), folder.File("outputs")))
        {
            server.Url.ShouldStartWith("https://");
            first = await PresentedAsync(server);
            var path = Path.Combine(server.Output, ".ser", "https.pem");
            if (!OperatingSystem.IsWindows())
                File.GetUnixFileMode(path).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
        await using var again = await RunningServer.StartAsync([("Https", "true")], () => new SlowModel(), folder.File("outputs"));
        var second = await PresentedAsync(again);

        second.Thumbprint.ShouldBe(first.Thumbprint);
        first.GetECDsaPublicKey()!.KeySize.ShouldBe(256);
        first.MatchesHostname("localhost").ShouldBeTrue();
        first.MatchesHostname(Dns.GetHostName()).ShouldBeTrue();
        foreach (var address in new[] { IPAddress.Loopback, IPAddress.IPv6Loopback }.Concat(MachineAddresses.All()))
            first.MatchesHostname(address.ToString()).ShouldBeTrue(address.ToString());
        (first.NotAfter - first.NotBefore).TotalDays.ShouldBeInRange(365, 368);
    }

    [Fact]
    public void SelfSigned_AboutToExpire_IsRenewed()
    {
        using var first = new SelfSignedCertificate(_folder.Path, _time).LoadOrMake();
        _time.Advance(TimeSpan.FromDays(340));
        using var kept = new SelfSignedCertificate(_folder.Path, _time).LoadOrMake();
        _time.Advance(TimeSpan.FromDays(20));
        using var renewed = new SelfSignedCertificate(_folder.Path, _time).LoadOrMake();

        kept.Thumbprint.ShouldBe(first.Thumbprint);
        renewed.Thumbprint.ShouldNotBe(first.Thumbprint);
        renewed.NotAfter.ToUniversalTime().ShouldBeGreaterThan(_time.GetUtcNow().AddDays(360).UtcDateTime);
    }

    [Theory]
    [InlineData("-----BEGIN CERTIFICATE-----\nnothing")]
    [InlineData("")]
    public void SelfSigned_Damaged_IsReplaced(string content)
    {
        var own = new SelfSignedCertificate(_folder.Path, _time);
        File.WriteAllText(own.Path, content);

        using var made = own.LoadOrMake();

        made.HasPrivateKey.ShouldBeTrue();
    }

    [Fact]
    public void SelfSigned_ForOtherNames_IsReplaced()
    {
        var own = new SelfSignedCertificate(_folder.Path, _time);
        File.WriteAllText(own.Path, Pem(Create("elsewhere.example.com")));

        using var made = own.LoadOrMake();

        made.MatchesHostname("localhost").ShouldBeTrue();
    }

    [Theory]
    [InlineData("pfx", null, null)]
    [InlineData("pfx", "pass word", "pass word")]
    [InlineData("pem", null, null)]
    [InlineData("locked", "pass word", "pass word")]
    public async Task Cert_Given_IsPresented(string kind, string? password, string? given)
    {
        using var made = Create("ser.example.com");
        var path = Write(made, kind, password);
        (string, string)[] settings = [("Cert", path), .. given is null ? Array.Empty<(string, string)>() : [("CertPassword", given)]];

        await using var server = await GuardedServer.OpenAsync(settings);

        (await PresentedAsync(server)).Thumbprint.ShouldBe(made.Thumbprint);
        using var response = await server.SendAsync("GET", "/health/live");
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public void Cert_WithChain_SendsTheChain()
    {
        using var leaf = Create("ser.example.com");
        using var other = Create("authority.example.com");
        var path = _folder.File("chain.pem");
        var key = leaf.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem();
        File.WriteAllText(path, $"{leaf.ExportCertificatePem()}\n{other.ExportCertificatePem()}\n{key}");

        var read = GivenCertificate.Load(path, null);

        read.Leaf.Thumbprint.ShouldBe(leaf.Thumbprint);
        read.Chain.ShouldHaveSingleItem().Thumbprint.ShouldBe(other.Thumbprint);
    }

    [Theory]
    [InlineData("missing", null, "the file does not exist")]
    [InlineData("garbage", null, "not a readable certificate")]
    [InlineData("empty", null, "not a readable certificate")]
    [InlineData("no key", null, "no private key")]
    [InlineData("pfx without key", null, "no private key")]
    [InlineData("other key", null, "no private key")]
    [InlineData("pfx", "wrong", "--cert-password")]
    [InlineData("pfx", null, "--cert-password")]
    [InlineData("locked", "wrong", "--cert-password")]
    [InlineData("locked", null, "--cert-password")]
    public async Task Cert_Unusable_ReportsWhy(string kind, string? password, string text)
    {
        using var made = Create("ser.example.com");
        var path = Write(made, kind, "right");
        (string, string)[] settings =
            [("Cert", path), .. password is null ? Array.Empty<(string, string)>() : [("CertPassword", password)]];

        var error = await Should.ThrowAsync<RequestException>(() => GuardedServer.OpenAsync(settings));

        error.Code.ShouldBe("server.cert");
        error.Message.ShouldContain(text);
        error.Message.ShouldContain(path);
        error.MessageZh.ShouldContain(path);
    }

    private string Write(X509Certificate2 made, string kind, string? password)
    {
        var path = _folder.File("cert");
        using var other = ECDsa.Create();
        using var bare = X509CertificateLoader.LoadCertificate(made.RawData);
        var bytes = kind switch
        {
            "missing" => null,
            "garbage" => "nothing of the kind"u8.ToArray(),
            "empty" => [],
            "no key" => Text(made.ExportCertificatePem()),
            "other key" => Text($"{made.ExportCertificatePem()}\n{other.ExportPkcs8PrivateKeyPem()}"),
            "pem" => Text(Pem(made)),
            "locked" => Text($"{made.ExportCertificatePem()}\n{made.GetECDsaPrivateKey()!.ExportEncryptedPkcs8PrivateKeyPem(
                password, new(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000))}"),
            "pfx without key" => bare.Export(X509ContentType.Pkcs12),
            _ => made.Export(X509ContentType.Pkcs12, password),
        };
        if (bytes is not null)
            File.WriteAllBytes(path, bytes);
        return path;
    }

    private static byte[] Text(string text) => System.Text.Encoding.ASCII.GetBytes(text);

    private static string Pem(X509Certificate2 made) =>
        $"{made.ExportCertificatePem()}\n{made.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem()}";

    private static X509Certificate2 Create(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(30));
    }

    /// <summary>Gets the certificate that the server presents.</summary>
    private static async Task<X509Certificate2> PresentedAsync(RunningServer server)
    {
        X509Certificate2? shown = null;
        using var handler = new HttpClientHandler();
        handler.ServerCertificateCustomValidationCallback = (_, certificate, _, errors) =>
        {
            shown = X509CertificateLoader.LoadCertificate(certificate!.RawData);
            return errors != SslPolicyErrors.RemoteCertificateNotAvailable;
        };
        using var client = new HttpClient(handler);
        using var response = await client.GetAsync(new Uri(server.Url + "/health/live"));
        response.EnsureSuccessStatusCode();
        return shown!;
    }
}
