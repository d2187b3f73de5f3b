using System.Text.Json.Nodes;
using SpeechEmotion.Options;
using SpeechEmotion.Outputs;
using SpeechEmotion.Tests.Support;
using SpeechEmotion.Verification;

namespace SpeechEmotion.Tests.Verification;

/// <summary>A real output folder of the small model, which tests may damage.</summary>
internal sealed class WrittenResult : IDisposable
{
    private readonly TemporaryFolder _root = new();

    public WrittenResult(string source, RecognitionOptions? options = null, EmotionRecognizer? recognizer = null)
    {
        using var folder = OutputFolder.Create(_root.Path, new() { Source = Path.GetFileName(source) });
        var recognition = (recognizer ?? CompactModel.Recognizer).Recognize(source, (options ?? new()) with { Sink = folder });
        Folder = folder.Commit(recognition).Folder;
    }

    public static string Speech { get; } = Path.Combine(Repository.Golden("emotion2vec"), "audio", "speech.wav");

    public string Folder { get; }

    public string ResultPath => Path.Combine(Folder, "result.json");

    public string AudioPath => Path.Combine(Folder, "processed_audio.wav");

    /// <summary>Changes <c>result.json</c> as a user with an editor would.</summary>
    public void Edit(Action<JsonNode> change) => WrittenFiles.Change(ResultPath, text =>
    {
        var json = JsonNode.Parse(text)!;
        change(json);
        return json.ToJsonString();
    });

    public VerificationReport Verify(string? source = null, CancellationToken ct = default) =>
        ResultVerification.Default.Run(Folder, source, ct: ct);

    public void Dispose() => _root.Dispose();
}
