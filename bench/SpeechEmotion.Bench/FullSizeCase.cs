using System.Text.Json;
using SpeechEmotion.Audio;
using SpeechEmotion.Models;

namespace SpeechEmotion.Bench;

/// <summary>The full-size golden case: a checkpoint of plus_large's geometry against the reference's own output.</summary>
internal static class FullSizeCase
{
    private const float FramesGate = 5e-5f, UtteranceGate = 1e-5f, ScoresGate = 5e-6f;

    public static int Run(string folder, string golden)
    {
        using var expected = JsonDocument.Parse(File.ReadAllBytes(golden));
        var root = Path.GetDirectoryName(Path.GetFullPath(golden))!;
        using var model = OnnxEmotionModel.Load(ModelSearch.Default.Resolve(null, folder), new());
        using var waveform = new WaveformReader(AudioFile.Open(Path.Combine(root, "audio", "speech.wav")));
        var samples = new float[30 * 16000];
        var filled = 0;
        for (int read; (read = waveform.Read(samples.AsSpan(filled))) > 0;)
            filled += read;
        var frames = model.Run(samples.AsMemory(0, filled));
        var reference = Npy(Path.Combine(root, expected.RootElement.GetProperty("frames").GetString()!));
        var scores = model.Labels!.Score(Mean(frames.Logits.Span, model.Labels.Count)).Select(label => label.Score).ToArray();
        var wanted = expected.RootElement.GetProperty("scores").EnumerateArray().Select(score => score.GetSingle()).ToArray();
        var ok = Check("frames", frames.Features.Span, reference, FramesGate)
            & Check("utterance", Mean(frames.Features.Span, model.Dimension), Mean(reference, model.Dimension), UtteranceGate)
            & Check("scores", scores, wanted, ScoresGate);
        return ok ? 0 : 1;
    }

    private static bool Check(string what, ReadOnlySpan<float> actual, ReadOnlySpan<float> expected, float gate)
    {
        var largest = actual.Length == expected.Length ? 0f : float.PositiveInfinity;
        for (var i = 0; i < Math.Min(actual.Length, expected.Length); i++)
            largest = Math.Max(largest, Math.Abs(actual[i] - expected[i]));
        Console.WriteLine($"{what}: largest difference {largest:E1}, gate {gate:E0}: {(largest < gate ? "ok" : "FAILED")}");
        return largest < gate;
    }

    private static float[] Mean(ReadOnlySpan<float> rows, int length)
    {
        var sums = new double[length];
        for (var i = 0; i < rows.Length; i++)
            sums[i % length] += rows[i];
        var count = rows.Length / length;
        return Array.ConvertAll(sums, sum => (float)(sum / count));
    }

    private static float[] Npy(string path)
    {
        var bytes = File.ReadAllBytes(path);
        return System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(bytes.AsSpan(10 + BitConverter.ToUInt16(bytes, 8))).ToArray();
    }
}
