using System.Text.Json;

namespace SpeechEmotion.Tests.Support;

/// <summary>One recording, one model, and the reference implementation's output for them.</summary>
internal sealed record GoldenCase(
    string Model, string Audio, int Samples, int Frames, string[] Labels, float[] Scores, string AudioPath, string ModelDirectory,
    IReadOnlyDictionary<string, string> Files)
{
    /// <summary>All available emotion2vec cases.</summary>
    public static IReadOnlyList<GoldenCase> Emotion2vec { get; } = Read(Repository.Emotion2vecGolden);

    public float[] Expected(string tap) => NpyFile.Read(Files[tap]).Values;

    private static GoldenCase[] Read(string root)
    {
        using var index = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(root, "index.json")));
        var audio = index.RootElement.GetProperty("audio");
        return [.. index.RootElement.GetProperty("cases").EnumerateArray().Select(one =>
        {
            var (model, clip) = (one.GetProperty("model").GetString()!, one.GetProperty("audio").GetString()!);
            return new GoldenCase(
                model, clip, one.GetProperty("samples_16k").GetInt32(), one.GetProperty("frames").GetInt32(),
                [.. one.GetProperty("labels").EnumerateArray().Select(label => label.GetString()!)],
                [.. one.GetProperty("scores").EnumerateArray().Select(score => score.GetSingle())],
                Path.Combine(root, audio.GetProperty(clip).GetProperty("file").GetString()!),
                Path.Combine(root, "models", model),
                one.GetProperty("files").EnumerateObject()
                    .ToDictionary(file => file.Name, file => Path.Combine(root, file.Value.GetString()!)));
        })];
    }
}
