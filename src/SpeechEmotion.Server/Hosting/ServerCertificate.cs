using System.Security.Cryptography.X509Certificates;
using SpeechEmotion.Server.Settings;

namespace SpeechEmotion.Server.Hosting;

/// <summary>The certificate that the server presents over HTTPS.</summary>
/// <param name="Leaf">The certificate with its private key.</param>
/// <param name="Chain">The certificates of its issuers; may be empty.</param>
internal sealed record ServerCertificate(X509Certificate2 Leaf, X509Certificate2Collection Chain)
{
    /// <summary>Returns the certificate for the given options; null for plain HTTP.</summary>
    /// <exception cref="Http.RequestException"><c>server.cert</c>.</exception>
    public static ServerCertificate? Of(ServerOptions options, Func<ServerFolder> folder, TimeProvider time) => options switch
    {
        { Cert: { } path } => GivenCertificate.Load(path, options.CertPassword),
        { Https: true } => new(new SelfSignedCertificate(folder().Own, time).LoadOrMake(), []),
        _ => null,
    };
}
