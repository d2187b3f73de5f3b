using SpeechEmotion.Client.Options;

namespace SpeechEmotion.Client.Connection;

/// <summary>The growing pauses between the attempts of a request.</summary>
internal sealed class Pauses(ClientOptions options)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(15);

    private TimeSpan _next = Shortest;
    private TimeSpan _waited;

    /// <summary>Whether there was a pause, that is, whether the request was sent before.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>Waits before the next attempt.</summary>
    /// <param name="requested">The pause that the server asks for; null for the next one in the row.</param>
    /// <param name="ct">Cancels the pause.</param>
    /// <returns>False, at once, if the pauses together would be longer than the client's patience.</returns>
    public async Task<bool> WaitAsync(TimeSpan? requested, CancellationToken ct)
    {
        var pause = requested ?? Take();
        HasBegun = true;
        _waited += pause;
        if (_waited > options.Patience)
            return false;
        await Task.Delay(pause, options.Time, ct).ConfigureAwait(false);
        return true;
    }

    /// <summary>Waits for the next pause in the row, however long the earlier ones were.</summary>
    public Task WaitAsync(CancellationToken ct) => Task.Delay(Take(), options.Time, ct);

    private TimeSpan Take()
    {
        // Clients that lost the same server must not return all at once.
        var pause = _next * (0.8 + (0.2 * Random.Shared.NextDouble()));
        _next = TimeSpan.FromTicks(Math.Min(_next.Ticks * 2, Longest.Ticks));
        return pause;
    }
}
