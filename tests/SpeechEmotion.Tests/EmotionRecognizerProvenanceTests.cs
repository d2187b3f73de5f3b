using System.Security.Cryptography;
using Shouldly;
using SpeechEmotion.Inference;
using SpeechEmotion.Options;
using SpeechEmotion.Pipeline;
using SpeechEmotion.Results;
using SpeechEmotion.Tests.Audio;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Tests;

/// <summary>The provenance of a result.</summary>
public sealed class EmotionRecognizerProvenanceTests : IDisposable
{
    private static readonly string Speech = Path.Combine(Repository.Golden("emotion2vec"), "audio", "speech.wav");

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void Recognize_File_NamesItsBytesTheProgramAndTheDecoding()
    {
        var provenance = CompactModel.Recognizer.Recognize(Speech, ct: Ct).Provenance;

        provenance.Source.ShouldBe(Source(Speech));
        provenance.Version.ShouldBe(ProductVersion.Text);
        provenance.Device.ShouldBe("cpu");
        provenance.Runtime.ShouldBe($"ONNX Runtime {InferenceRuntime.Version}");
        provenance.Decoding.ShouldBe(new()
        {
            Container = "WAV",
            Codec = "pcm_s16le",
            Decoder = "built-in",
            SampleRate = 16000,
            Channels = 1,
            Mixing = "none",
        });
        provenance.Options.ShouldBe(new() { Granularity = "utterance", Segments = "whole", Silence = "skip", Channels = "mix" });
        provenance.ProcessedAudio.ShouldBeNull();
    }

    [Fact]
    public void Recognize_Stream_NamesItsBytes()
    {
        using var stream = File.OpenRead(Speech);

        CompactModel.Recognizer.Recognize(stream, ct: Ct).Provenance.Source.ShouldBe(Source(Speech));
    }

    [Fact]
    public void Recognize_SamplesAndForeignReaders_HaveNoBytes()
    {
        CompactModel.Recognizer.Recognize(Sounds.Sentence, Some.Rate, ct: Ct).Provenance.Source.ShouldBeNull();
        var left = 16000;
        var foreign = new ForeignReader(8000, 1, samples =>
        {
            var count = Math.Min(left, samples.Length);
            samples[..count].Fill(0.1f);
            left -= count;
            return count;
        });

        var provenance = CompactModel.Recognizer.Recognize(foreign, ct: Ct).Provenance;

        provenance.Source.ShouldBeNull();
        provenance.Decoding.Container.ShouldBe("foreign");
        provenance.Decoding.Resampling.ShouldBe("sinc_interp_hann, lowpass_filter_width 6, rolloff 0.99");
    }

    [Theory]
    [InlineData("speech.mp3", "built-in", "mp3")]
    [InlineData("speech.aiff", "libsndfile", "pcm_s16")]
    [InlineData("speech.m4a", "ffmpeg", "aac")]
    public void Recognize_OtherDecoder_NamesItsVersionAndTheMix(string name, string decoder, string codec)
    {
        var path = _folder.File(name);
        Encoders.Ffmpeg("-i", Speech, "-ar", "44100", "-ac", "2", path);

        var provenance = CompactModel.Recognizer.Recognize(path, ct: Ct).Provenance;

        provenance.Source.ShouldBe(Source(path));
        provenance.Decoding.Decoder.ShouldBe(decoder);
        provenance.Decoding.DecoderVersion!.ShouldMatch(@"^(n?\d|NLayer \d)");
        provenance.Decoding.Codec.ShouldBe(codec);
        (provenance.Decoding.SampleRate, provenance.Decoding.Channels, provenance.Decoding.Mixing).ShouldBe((44100, 2, "average"));
        provenance.Decoding.Resampling.ShouldNotBeNull();
    }

    [Fact]
    public void Recognize_SplitChannelsAndOtherSegmentation_NamesWhatWasDone()
    {
        var options = new RecognitionOptions
        {
            Channels = ChannelMode.Split,
            Segmentation = new() { Threshold = 0.5f, Longest = TimeSpan.FromSeconds(9.5) },
        };

        var provenance = CompactModel.Recognizer.Recognize(
            Sounds.Stereo(Sounds.Sentence, Sounds.Call), Some.Rate, channels: 2, options: options, ct: Ct).Provenance;

        provenance.Decoding.Mixing.ShouldBe("apart");
        provenance.Options.ShouldBe(new()
        {
            Granularity = "utterance",
            Segments = "segments",
            Channels = "split",
            Segmentation = new() { Threshold = 0.5f, Longest = 9.5 },
        });
        var again = ProvenanceMapping.OptionsOf(provenance.Options);
        (again.Segments, again.Channels, again.Segmentation).ShouldBe((SegmentationMode.Always, ChannelMode.Split, options.Segmentation));
    }

    [Fact]
    public void Recognize_FramesOfALongRecording_NamesSegments()
    {
        var options = new RecognitionOptions { Granularity = Granularity.Frame };

        CompactModel.Recognizer.Recognize(Sounds.Conversation, Some.Rate, options: options, ct: Ct).Provenance.Options
            .ShouldBe(new() { Granularity = "frame", Segments = "segments", Silence = "skip", Channels = "mix" });
    }

    [Fact]
    public void Recognize_FileDeletedAfterOpening_IsRecognizedWithoutItsHash()
    {
        var path = _folder.File("deleted.wav");
        File.Copy(Speech, path);
        using var reader = SpeechEmotion.Audio.AudioFile.Open(path, ct: Ct);
        File.Delete(path);

        var result = CompactModel.Recognizer.Recognize(reader, ct: Ct);

        result.Emotion.ShouldBe(Emotion.Neutral);
        result.Provenance.Source.ShouldBeNull();
    }

    public void Dispose() => _folder.Dispose();

    private static SourceFingerprint Source(string path)
    {
        var bytes = File.ReadAllBytes(path);
        return new(Convert.ToHexStringLower(SHA256.HashData(bytes)), bytes.Length);
    }
}
