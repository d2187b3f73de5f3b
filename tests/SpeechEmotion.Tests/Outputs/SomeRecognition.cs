using SpeechEmotion.Results;

namespace SpeechEmotion.Tests.Outputs;

/// <summary>A synthetic recognition to write.</summary>
internal static class SomeRecognition
{
    public static Recognition With(Granularity granularity = Granularity.Utterance, params float[] scores) => new()
    {
        Scores = new(scores.Length > 0 ? scores : [0.012f, 0.008f, 0.015f, 0.853f, 0.045f, 0.023f, 0.018f, 0.021f, 0.005f]),
        Labels = [new("生气/angry", 0.0121f), new("<unk>", 0.85312f)],
        Granularity = granularity,
        Duration = TimeSpan.FromSeconds(8.32),
        Model = new("emotion2vec_plus_large", "fp32", "0123456789abcdef", "model-license", CommercialUse: false),
        Provenance = new()
        {
            Version = "0.1.0",
            Device = "cpu",
            Runtime = "ONNX Runtime 1.31.1",
            Source = new(new string('a', 64), 4321),
            Decoding = new()
            {
                Container = "MP3",
                Codec = "mp3",
                Decoder = "libsndfile",
                DecoderVersion = "1.2.0",
                SampleRate = 44100,
                Channels = 2,
                Mixing = "average",
                Resampling = "sinc",
            },
            Options = new() { Granularity = granularity.Key(), Segments = "whole", Channels = "mix" },
        },
        Quality = [new(QualityReason.LowLevel, -48.5, "Very quiet.", "声音很小。")],
        Frames = granularity == Granularity.Frame ? Frames(120) : null,
    };

    private static FrameScores[] Frames(int count) =>
        [.. Enumerable.Range(0, count).Select(i => new FrameScores(i * 0.02, new([0.123456f, 0, 0, 0.876544f, 0, 0, 0, 0, 0])))];
}
