using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SpeechEmotion.Server.Hosting;

/// <summary>
/// A certificate that the server makes for itself, for a year, and keeps: browsers ask once whether to trust it. It is made
/// anew where it is about to expire, or the machine has names or addresses that it does not name.
/// </summary>
/// <param name="folder">Where it is kept.</param>
/// <param name="time">The clock.</param>
internal sealed class SelfSignedCertificate(string folder, TimeProvider time)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private static readonly TimeSpan Margin = TimeSpan.FromDays(14);

    /// <summary>Where it is kept: PEM, certificate and key.</summary>
    public string Path { get; } = System.IO.Path.Combine(folder, "https.pem");

    /// <summary>The one that is kept where it still serves, else a new one.</summary>
    public X509Certificate2 LoadOrMake() => Load() ?? Make();

    private static (string[] Names, IPAddress[] Addresses) Wanted()
    {
        var machine = Dns.GetHostName();
        string[] names = Uri.CheckHostName(machine) == UriHostNameType.Dns ? ["localhost", machine] : ["localhost"];
        return ([.. names.Distinct(StringComparer.OrdinalIgnoreCase)], [IPAddress.Loopback, IPAddress.IPv6Loopback, .. MachineAddresses.All()]);
    }

    private X509Certificate2? Load()
    {
        if (!File.Exists(Path))
            return null;
        try
        {
            using var read = X509Certificate2.CreateFromPemFile(Path);
            return Serves(read) ? GivenCertificate.Kept(read) : null;
        }
        catch (CryptographicException)
        {
            // Cut short or changed by hand: a new one takes its place.
            return null;
        }
    }

    private bool Serves(X509Certificate2 certificate)
    {
        var now = time.GetUtcNow();
        if (now < certificate.NotBefore.ToUniversalTime() || now + Margin > certificate.NotAfter.ToUniversalTime())
            return false;
        var named = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().FirstOrDefault();
        var (names, addresses) = Wanted();
        return named is not null && !names.Except(named.EnumerateDnsNames()).Any() && !addresses.Except(named.EnumerateIPAddresses()).Any();
    }

    private X509Certificate2 Make()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=SpeechEmotion", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(AlternativeNames());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1", "serverAuth")], critical: false));
        // A day back, for clocks that are late.
        var now = time.GetUtcNow();
        using var made = request.CreateSelfSigned(now.AddDays(-1), now.AddYears(1));
        Save($"{made.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n");
        return GivenCertificate.Kept(made);
    }

    private static X509Extension AlternativeNames()
    {
        var builder = new SubjectAlternativeNameBuilder();
        var (names, addresses) = Wanted();
        foreach (var name in names)
            builder.AddDnsName(name);
        foreach (var address in addresses.Distinct())
            builder.AddIpAddress(address);
        return builder.Build();
    }

    /// <summary>Nobody else may read it at any moment, and it is never half there.</summary>
    private void Save(string pem)
    {
        var temporary = $"{Path}.new";
        File.Delete(temporary);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly;
        using (var writer = new StreamWriter(temporary, options))
            writer.Write(pem);
        File.Move(temporary, Path, overwrite: true);
    }
}
