using System.Runtime.InteropServices;
using System.Text.Json;
using SpeechEmotion.Results;

namespace SpeechEmotion.Bench;

/// <summary>
/// Runs the full-size golden case through the whole pipeline: compares a checkpoint of plus_large's geometry with the
/// reference's own output.
/// </summary>
internal static class FullSizeCase
{
    private const float FramesGate = 5e-5f, UtteranceGate = 1e-5f, ScoresGate = 5e-6f;

    public static int Run(string folder, string golden)
    {
        using var expected = JsonDocument.Parse(File.ReadAllBytes(golden));
        var root = Path.GetDirectoryName(Path.GetFullPath(golden))!;
        var speech = Path.Combine(root, "audio", "speech.wav");
        using var recognizer = EmotionRecognizer.Load(new() { ModelDirectory = folder });
        var frames = recognizer.Recognize(speech, new() { Granularity = Granularity.Frame, Embedding = true }).Embedding!;
        var utterance = recognizer.Recognize(speech, new() { Embedding = true });
        var reference = Npy(Path.Combine(root, expected.RootElement.GetProperty("frames").GetString()!));
        var mean = Enumerable.Range(0, frames.Dimension)
            .Select(d => (float)Enumerable.Range(0, frames.Rows).Average(t => (double)reference[(t * frames.Dimension) + d]));
        var scores = expected.RootElement.GetProperty("scores").EnumerateArray().Select(score => score.GetSingle());
        var ok = Check("frames", frames.Values.ToArray(), reference, FramesGate)
            & Check("utterance", utterance.Embedding!.Values.ToArray(), [.. mean], UtteranceGate)
            & Check("scores", [.. utterance.Labels.Select(label => label.Score)], [.. scores], ScoresGate);
        return ok ? 0 : 1;
    }

    private static bool Check(string what, float[] actual, float[] expected, float gate)
    {
        var largest = actual.Length == expected.Length
            ? actual.Zip(expected, (a, b) => Math.Abs(a - b)).Max()
            : float.PositiveInfinity;
        Console.WriteLine($"{what}: largest difference {largest:E1}, gate {gate:E0}: {(largest < gate ? "ok" : "FAILED")}");
        return largest < gate;
    }

    private static float[] Npy(string path)
    {
        var bytes = File.ReadAllBytes(path);
        return MemoryMarshal.Cast<byte, float>(bytes.AsSpan(10 + BitConverter.ToUInt16(bytes, 8))).ToArray();
    }
}
