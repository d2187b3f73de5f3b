using Microsoft.Extensions.Options;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Settings;

namespace SpeechEmotion.Server.Engine;

/// <summary>
/// The memory that running inferences may use together. Each inference takes its share before it starts, in the order of the
/// requests, and waits while too little is left.
/// </summary>
public sealed class MemoryBudget
{
    private readonly WeightedSemaphore _shares;

    /// <summary>Creates an unused budget.</summary>
    public MemoryBudget(IOptions<ServerOptions> options)
    {
        Limit = options.Value.MemoryLimit > 0 ? (long)options.Value.MemoryLimit << 20 : GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2;
        _shares = new(Limit);
    }

    /// <summary>The whole budget, in bytes.</summary>
    public long Limit { get; }

    /// <summary>Takes a share; disposing the result returns it.</summary>
    /// <exception cref="RequestException"><c>server.memory_limit</c>: the share is larger than the whole budget.</exception>
    public async Task<IDisposable> TakeAsync(long bytes, CancellationToken ct) =>
        bytes <= Limit ? await _shares.TakeAsync(bytes, ct) : throw RequestErrors.TooMuchMemory(bytes, Limit);
}
