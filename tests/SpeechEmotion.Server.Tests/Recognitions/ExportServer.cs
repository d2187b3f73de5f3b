using SpeechEmotion.Server.Tests.Support;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Recognitions;

/// <summary>
/// A server with a history of six: speech as a whole, a call by segments, frames, an odd name, a damaged one, a cancelled one.
/// </summary>
public sealed class ExportServer : IAsyncLifetime
{
    internal RunningServer Running { get; private set; } = null!;

    /// <summary>The identifiers by the file name.</summary>
    internal Dictionary<string, string> Ids { get; } = [];

    public async ValueTask InitializeAsync()
    {
        Running = await RunningServer.StartAsync();
        await AddAsync("speech.wav", Recordings.Speech);
        var call = await File.ReadAllBytesAsync(Path.Combine(Repository.Golden("vad"), "call.wav"));
        await AddAsync("call.wav", call, ("segments", "always"));
        await AddAsync("frames.wav", Recordings.Speech, ("granularity", "frame"));
        await AddAsync("=1+1, 测试.wav", Recordings.Noise(0.4));
        await AddAsync("damaged.wav", "no sound at all"u8.ToArray());
        await AddAsync("cancelled.wav", Recordings.Speech);
        await Database.ExecuteAsync(
            Running, "UPDATE recognitions SET State = 4, Document = json_set(json_remove(Document, '$.scores'), '$.state', 'cancelled') "
                + "WHERE Id = $id", Ids["cancelled.wav"]);
    }

    public ValueTask DisposeAsync() => Running.DisposeAsync();

    private async Task AddAsync(string name, byte[] recording, params (string Name, string Value)[] fields)
    {
        Ids[name] = await Running.SubmitAsync(recording, name, fields);
        await Running.EndAsync(Ids[name]);
    }
}
