namespace SpeechEmotion.Server.Storage;

/// <summary>What one program of a shared database does for all, until it disposes this or loses its connection.</summary>
internal abstract class Leadership : IAsyncDisposable
{
    /// <summary>Checks that this program still leads.</summary>
    /// <exception cref="Http.RequestException">The connection is broken, so another program may lead.</exception>
    public abstract Task RequireAsync(CancellationToken ct);

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();
}
