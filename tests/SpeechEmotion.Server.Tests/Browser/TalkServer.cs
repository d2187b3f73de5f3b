using System.Text.Json;
using Shouldly;
using SpeechEmotion.Server.Tests.Support;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Browser;

/// <summary>A server that has analyzed a conversation of more than twenty segments.</summary>
public sealed class TalkServer : IAsyncLifetime
{
    /// <summary>Two minutes of several voices, 16 kHz, mono.</summary>
    internal static byte[] Talk { get; } = Recordings.Wav([.. Enumerable.Repeat(Round(), 4).SelectMany(samples => samples)]);

    internal RunningServer Running { get; private set; } = null!;

    internal string Id { get; private set; } = null!;

    /// <summary>The timeline that the server returns for it.</summary>
    internal JsonElement Timeline { get; private set; }

    internal JsonElement[] Segments => [.. Timeline.GetProperty("segments").EnumerateArray()];

    public async ValueTask InitializeAsync()
    {
        Running = await RunningServer.StartAsync();
        Id = await Running.SubmitAsync(Talk, "talk.wav");
        (await Running.EndAsync(Id)).GetProperty("state").GetString().ShouldBe("done");
        Timeline = await TimelineAsync(Id);
    }

    public ValueTask DisposeAsync() => Running.DisposeAsync();

    internal async Task<JsonElement> TimelineAsync(string id)
    {
        using var response = await Running.GetAsync($"/api/v1/recognitions/{id}/timeline");
        return await response.JsonAsync();
    }

    private static short[] Round() =>
    [
        .. Recordings.Talk(1),
        .. Recordings.SamplesOf(Path.Combine(Repository.Golden("vad"), "announcement.wav")),
        .. new short[16000],
        .. Recordings.SamplesOf(Path.Combine(Repository.Golden("vad"), "call.wav")),
        .. new short[16000],
    ];
}
