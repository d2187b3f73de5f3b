using Microsoft.Extensions.Options;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Settings;

namespace SpeechEmotion.Server.Engine;

/// <summary>
/// The memory that running inferences may take together. Each takes its share before it starts, in the order in which they
/// ask, and waits where there is not enough left.
/// </summary>
public sealed class MemoryBudget
{
    private readonly WeightedSemaphore _shares;

    /// <summary>Nothing taken yet.</summary>
    public MemoryBudget(IOptions<ServerOptions> options)
    {
        Limit = options.Value.MemoryLimit > 0 ? (long)options.Value.MemoryLimit << 20 : GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2;
        _shares = new(Limit);
    }

    /// <summary>All of it, in bytes.</summary>
    public long Limit { get; }

    /// <summary>Takes a share; disposing what is returned gives it back.</summary>
    /// <exception cref="RequestException"><c>server.memory_limit</c>: it is more than there is in all.</exception>
    public async Task<IDisposable> TakeAsync(long bytes, CancellationToken ct) =>
        bytes <= Limit ? await _shares.TakeAsync(bytes, ct) : throw RequestErrors.TooMuchMemory(bytes, Limit);
}
