using System.Collections.Concurrent;

namespace SpeechEmotion.Server.Jobs.Batches;

/// <summary>The bytes that are being recognized, until their outcomes are in the database.</summary>
internal sealed class DigestClaims
{
    private readonly ConcurrentDictionary<(int Batch, string Digest), DigestClaim> _first = [];

    /// <summary>Claims bytes for an item.</summary>
    public DigestClaim Claim(int batch, string digest)
    {
        var key = (batch, digest);
        var claim = new DigestClaim(digest, null, () => _first.TryRemove(key, out _));
        var first = _first.GetOrAdd(key, claim);
        return ReferenceEquals(first, claim) ? claim : new(digest, first, () => { });
    }
}
