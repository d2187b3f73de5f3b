using System.Runtime.InteropServices;
using System.Text;
using SpeechEmotion.Options;
using SpeechEmotion.Outputs.Json;
using SpeechEmotion.Results;
using SpeechEmotion.Server.Tests.Support;
using SpeechEmotion.Tests.Support;

namespace SpeechEmotion.Server.Tests.Exports;

/// <summary>Results of the compact model for real recordings, as a batch stores them.</summary>
internal sealed class RealResult
{
    private static readonly Lazy<RealResult> LazySpeech = new(() => Of(Recordings.SpeechPath, "speech.wav", new() { Embedding = true }));

    private static readonly Lazy<RealResult> LazyCall = new(() => Of(
        Path.Combine(Repository.Golden("vad"), "call.wav"), "call.wav", new() { Embedding = true, Segments = SegmentationMode.Always }));

    // A synthetic voice (espeak-ng).
    private static readonly Lazy<RealResult> LazyExample = new(() => Of(
        Repository.Golden("example.wav"), "example.wav", new() { Granularity = Granularity.Frame }));

    private static readonly Lazy<RealResult> LazyNoise = new(() => OfBytes(Recordings.Noise(0.4), "noise.wav"));

    private RealResult(string file, Recognition recognition)
    {
        using var line = new MemoryStream();
        RecognitionJson.WriteLine(line, file, recognition);
        Recognition = recognition;
        Document = Encoding.UTF8.GetString(line.ToArray()).TrimEnd('\n');
        Embedding = recognition.Embedding is { Rows: 1 } embedding ? MemoryMarshal.AsBytes(embedding.Values.Span).ToArray() : null;
    }

    /// <summary>4.7 s of speech as a whole, with an embedding.</summary>
    public static RealResult Speech => LazySpeech.Value;

    /// <summary>A call by segments, with an embedding.</summary>
    public static RealResult Call => LazyCall.Value;

    /// <summary>Speech by frames.</summary>
    public static RealResult Example => LazyExample.Value;

    /// <summary>0.4 s of noise: a result with reasons why it may be weak.</summary>
    public static RealResult Noise => LazyNoise.Value;

    /// <summary>The answer.</summary>
    public Recognition Recognition { get; }

    /// <summary>The line of <c>recognize --json</c>.</summary>
    public string Document { get; }

    /// <summary>The embedding of the utterance; null if it was not requested.</summary>
    public byte[]? Embedding { get; }

    private static RealResult Of(string path, string file, RecognitionOptions options) =>
        new(file, CompactModel.Recognizer.Recognize(path, options));

    private static RealResult OfBytes(byte[] wav, string file)
    {
        using var stream = new MemoryStream(wav);
        return new(file, CompactModel.Recognizer.Recognize(stream));
    }
}
