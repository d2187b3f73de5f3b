using System.Security.Cryptography.X509Certificates;
using SpeechEmotion.Server.Settings;

namespace SpeechEmotion.Server.Hosting;

/// <summary>What a server shows over HTTPS.</summary>
/// <param name="Leaf">Its certificate with the private key.</param>
/// <param name="Chain">Who stands behind it; may be empty.</param>
internal sealed record ServerCertificate(X509Certificate2 Leaf, X509Certificate2Collection Chain)
{
    /// <summary>The certificate that the options ask for; null for plain HTTP.</summary>
    /// <exception cref="Http.RequestException"><c>server.cert</c>.</exception>
    public static ServerCertificate? Of(ServerOptions options, Func<ServerFolder> folder, TimeProvider time) => options switch
    {
        { Cert: { } path } => GivenCertificate.Load(path, options.CertPassword),
        { Https: true } => new(new SelfSignedCertificate(folder().Own, time).LoadOrMake(), []),
        _ => null,
    };
}
