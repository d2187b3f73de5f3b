using SpeechEmotion.Server.Hosting;
using SpeechEmotion.Server.Logging;
using SpeechEmotion.Server.Storage.Notices;

namespace SpeechEmotion.Server.Access;

/// <summary>
/// Checks the credentials of a request, within the limit that <see cref="LoginThrottle"/> sets. Servers that share a database count the
/// guesses of each other.
/// </summary>
internal sealed class CredentialCheck : IDisposable
{
    private readonly Credentials _credentials;
    private readonly LoginThrottle _throttle;
    private readonly SharedHash _hash;
    private readonly NoticeBoard _board;
    private readonly ILogger<CredentialCheck> _logger;
    private int _warned;

    /// <summary>Begins to receive the guesses of other servers.</summary>
    public CredentialCheck(
        Credentials credentials, LoginThrottle throttle, SharedHash hash, NoticeBoard board, ILogger<CredentialCheck> logger)
    {
        (_credentials, _throttle, _hash, _board, _logger) = (credentials, throttle, hash, board, logger);
        _board.Posted += Receive;
    }

    /// <summary>Returns the caller; null if all given credentials are wrong or may not be checked now.</summary>
    public Caller? Check(HttpContext context, IEnumerable<Proof> shown)
    {
        var place = PlaceOf(context);
        foreach (var proof in shown)
        {
            var hash = _credentials.HashOf(proof);
            if (!_throttle.MayCheck(place, hash))
                continue;
            if (_credentials.Find(proof) is { } caller)
            {
                _throttle.Remember(place, hash);
                return caller;
            }
            // Enough to recognize the same guess on another server, and too little to find the secret.
            var guess = BitConverter.ToUInt16(_hash.Of($"{proof.IsKey}:{proof.Secret}"));
            if (_throttle.Count(place, $"{guess}"))
                _ = _board.PostAsync(new Notice(NoticeKind.Guess, place, guess));
        }
        return null;
    }

    /// <summary>Returns the seconds until a client with wrong credentials may try again; null if it may try at once.</summary>
    public int? Wait(HttpContext context)
    {
        var wait = _throttle.Wait(PlaceOf(context));
        if (wait is not null && TrustedProxies.IsUnknownProxy(context) && Interlocked.Exchange(ref _warned, 1) == 0)
            Log.ThrottledProxy(_logger, $"{context.Connection.RemoteIpAddress}");
        return wait;
    }

    /// <inheritdoc/>
    public void Dispose() => _board.Posted -= Receive;

    private void Receive(Notice notice)
    {
        if (notice is { Kind: NoticeKind.Guess, Value: { } guess } && _board.IsForeign(notice))
            _throttle.Count(notice.Subject, $"{guess}");
    }

    private string PlaceOf(HttpContext context) => Convert.ToHexString(_hash.Of(context.Place()));
}
