using SpeechEmotion.Server.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Browser;

/// <summary>A server with a history of 22: one of speech, one damaged, twenty of noise.</summary>
public sealed class HistoryServer : IAsyncLifetime
{
    internal RunningServer Running { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Running = await RunningServer.StartAsync();
        var noise = Recordings.Noise(0.5);
        string[] all =
        [
            await Running.SubmitAsync(Recordings.Speech, "speech.wav", ("granularity", "frame")),
            await Running.SubmitAsync("no sound at all"u8.ToArray(), "damaged.wav"),
            .. await Task.WhenAll(Enumerable.Range(1, 20).Select(i => Running.SubmitAsync(noise, $"noise-{i:00}.wav"))),
        ];
        foreach (var id in all)
            await Running.EndAsync(id);
    }

    public ValueTask DisposeAsync() => Running.DisposeAsync();
}
