using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SpeechEmotion.Server.Hosting;

/// <summary>
/// A self-signed certificate that the server creates for a year and stores, so that browsers ask only once whether to trust it.
/// The server replaces it when it is about to expire, or when the machine has names or addresses that it does not contain.
/// </summary>
/// <param name="folder">The folder that it is stored in.</param>
/// <param name="time">The clock.</param>
internal sealed class SelfSignedCertificate(string folder, TimeProvider time)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private static readonly TimeSpan Margin = TimeSpan.FromDays(14);

    /// <summary>The path of the PEM file with certificate and key.</summary>
    public string Path { get; } = System.IO.Path.Combine(folder, "https.pem");

    /// <summary>Returns the stored certificate if it is still usable, else a new one.</summary>
    public X509Certificate2 LoadOrMake() => Load() ?? Make();

    private static (string[] Names, IPAddress[] Addresses) Wanted()
    {
        var machine = Dns.GetHostName();
        string[] names = Uri.CheckHostName(machine) == UriHostNameType.Dns ? ["localhost", machine] : ["localhost"];
        return (
            [.. names.Distinct(StringComparer.OrdinalIgnoreCase)],
            [IPAddress.Loopback, IPAddress.IPv6Loopback, .. MachineAddresses.All()]);
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
            // Truncated or edited by hand: a new certificate replaces it.
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
        // Valid from a day ago, for clients whose clocks are slow.
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

    /// <summary>Writes the file so that no other user can read it at any moment, and it is never incomplete.</summary>
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
