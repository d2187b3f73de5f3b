using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SpeechEmotion.Server.Hosting;

/// <summary>Loads the user's certificate: PKCS#12, or PEM with its key in the same file.</summary>
internal static class GivenCertificate
{
    private const int WrongPassword = unchecked((int)0x80070056);
    private const string PemCertificate = "-----BEGIN CERTIFICATE-----";
    private const string PemLockedKey = "-----BEGIN ENCRYPTED PRIVATE KEY-----";
    private const string PemKey = "PRIVATE KEY-----";

    /// <summary>Reads the certificate and its chain.</summary>
    /// <exception cref="Http.RequestException"><c>server.cert</c>.</exception>
    public static ServerCertificate Load(string path, string? password)
    {
        try
        {
            var bytes = File.ReadAllBytes(path);
            var text = System.Text.Encoding.Latin1.GetString(bytes);
            return text.Contains(PemCertificate, StringComparison.Ordinal)
                ? FromPem(path, text, password)
                : FromPkcs12(path, bytes, password);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            throw ListenErrors.CertificateMissing(path);
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException)
        {
            throw ListenErrors.CertificateMissing(path, closed);
        }
        catch (CryptographicException damaged)
        {
            throw ListenErrors.CertificateDamaged(path, damaged);
        }
    }

    private static ServerCertificate FromPkcs12(string path, byte[] bytes, string? password)
    {
        try
        {
            var all = X509CertificateLoader.LoadPkcs12Collection(bytes, password);
            var leaf = all.FirstOrDefault(certificate => certificate.HasPrivateKey) ?? throw ListenErrors.CertificateWithoutKey(path);
            return new(leaf, [.. all.Where(certificate => certificate != leaf)]);
        }
        catch (CryptographicException locked) when (locked.HResult == WrongPassword)
        {
            throw ListenErrors.CertificatePassword(path, locked);
        }
    }

    private static ServerCertificate FromPem(string path, string text, string? password)
    {
        if (!text.Contains(PemKey, StringComparison.Ordinal))
            throw ListenErrors.CertificateWithoutKey(path);
        var chain = new X509Certificate2Collection();
        chain.ImportFromPem(text);
        var locked = text.Contains(PemLockedKey, StringComparison.Ordinal);
        try
        {
            using var read = locked
                ? X509Certificate2.CreateFromEncryptedPem(text, text, password)
                : X509Certificate2.CreateFromPem(text, text);
            return new(Kept(read), [.. chain.Where(certificate => certificate.Thumbprint != read.Thumbprint)]);
        }
        catch (CryptographicException wrong) when (locked)
        {
            throw ListenErrors.CertificatePassword(path, wrong);
        }
        catch (ArgumentException)
        {
            // The key belongs to another certificate.
            throw ListenErrors.CertificateWithoutKey(path);
        }
    }

    /// <summary>Copies a certificate into a form that the system can serve: Windows cannot serve a key that was read from text.</summary>
    internal static X509Certificate2 Kept(X509Certificate2 read) => OperatingSystem.IsWindows()
        ? X509CertificateLoader.LoadPkcs12(read.Export(X509ContentType.Pkcs12), null)
        : new X509Certificate2(read);
}
