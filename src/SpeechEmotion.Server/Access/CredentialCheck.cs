using SpeechEmotion.Server.Hosting;
using SpeechEmotion.Server.Logging;

namespace SpeechEmotion.Server.Access;

/// <summary>Checks the credentials of a request, within the limit that <see cref="LoginThrottle"/> sets.</summary>
internal sealed class CredentialCheck(Credentials credentials, LoginThrottle throttle, ILogger<CredentialCheck> logger)
{
    private int _warned;

    /// <summary>Returns the caller; null if all given credentials are wrong or may not be checked now.</summary>
    public Caller? Check(HttpContext context, IEnumerable<Proof> shown)
    {
        var place = context.Place();
        foreach (var proof in shown)
        {
            var hash = credentials.HashOf(proof);
            if (!throttle.MayCheck(place, hash))
                continue;
            if (credentials.Find(proof) is { } caller)
            {
                throttle.Remember(place, hash);
                return caller;
            }
            throttle.Count(place, hash);
        }
        return null;
    }

    /// <summary>Returns the seconds until a client with wrong credentials may try again; null if it may try at once.</summary>
    public int? Wait(HttpContext context)
    {
        var wait = throttle.Wait(context.Place());
        if (wait is not null && TrustedProxies.IsUnknownProxy(context) && Interlocked.Exchange(ref _warned, 1) == 0)
            Log.ThrottledProxy(logger, $"{context.Connection.RemoteIpAddress}");
        return wait;
    }
}
