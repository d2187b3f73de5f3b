using System.Text;
using Shouldly;
using SpeechEmotion.Errors;
using SpeechEmotion.Outputs.Json;
using SpeechEmotion.Outputs.Timelines;
using SpeechEmotion.Results;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Tests.Outputs.Json;

public sealed class RecognitionJsonTests
{
    private const string Answer =
        """
        "emotion":"happy","confidence":0.853,
        """
        + """
        "scores":{"angry":0.012,"disgusted":0.008,"fearful":0.015,"happy":0.853,
        """
        + """
        "neutral":0.045,"other":0.023,"sad":0.018,"surprised":0.021,"unknown":0.005},
        """
        + """
        "granularity":"utterance","duration":8.32,
        """
        + """
        "model":{"id":"emotion2vec_plus_large","precision":"fp32","hash":"0123456789abcdef","check":"none"}
        """;

    private static readonly string Provenance =
        """
        ,"provenance":{"version":"0.1.0","device":"cpu","runtime":"ONNX Runtime 1.31.1",
        """
        + $$$"""
        "source":{"sha256":"{{{new string('a', 64)}}}","bytes":4321},
        """
        + """
        "decoding":{"container":"MP3","codec":"mp3","decoder":"libsndfile","decoder_version":"1.2.0",
        """
        + """
        "sample_rate":44100,"channels":2,"mixing":"average","resampling":"sinc"},
        """
        + """
        "options":{"granularity":"utterance","segments":"whole","channels":"mix","segmentation":null},"processed_audio":null}
        """;

    [Fact]
    public void WriteLine_NothingMore_WritesTheAnswerAlone() =>
        Line(stream => RecognitionJson.WriteLine(stream, "a.wav", SomeRecognition.With() with { Quality = [] }))
            .ShouldBe("{\"file\":\"a.wav\"," + Answer + Provenance + "}\n");

    [Fact]
    public void WriteLine_OutputAndQuality_FollowTheAnswer() =>
        Line(stream => RecognitionJson.WriteLine(stream, "录音/a.wav", SomeRecognition.With(), "outputs/outputs_20240104_223000"))
            .ShouldBe(
                "{\"file\":\"录音/a.wav\"," + Answer
                + ",\"output\":\"outputs/outputs_20240104_223000\",\"quality\":[{\"reason\":\"low_level\",\"value\":-48.5}]"
                + Provenance + "}\n");

    [Fact]
    public void WriteLine_Frames_AreOnTheSameLine()
    {
        var line = Line(stream => RecognitionJson.WriteLine(stream, "a.wav", SomeRecognition.With(Granularity.Frame)));

        line.IndexOf('\n').ShouldBe(line.Length - 1);
        line.ShouldContain("\"frames\":[{\"start\":0,\"scores\":{\"angry\":0.1235,");
    }

    [Fact]
    public void WriteLine_SpeechOnly_FollowsTheQuality()
    {
        var recognition = SomeRecognition.With();
        recognition = recognition with { SpeechOnly = new(recognition.Scores) };

        Line(stream => RecognitionJson.WriteLine(stream, "a.wav", recognition)).ShouldContain(
            "\"value\":-48.5}],\"speech_only\":{\"emotion\":\"happy\",\"confidence\":0.853,\"scores\":{\"angry\":0.012,");
    }

    [Fact]
    public void WriteLine_Timeline_IsOnTheSameLine()
    {
        var recognition = SomeRecognition.With() with { Timeline = SomeTimeline.With("one\ntwo") };

        var line = Line(stream => RecognitionJson.WriteLine(stream, "a.wav", recognition));

        line.IndexOf('\n').ShouldBe(line.Length - 1);
        line.ShouldEndWith(
            "\"quality\":[{\"reason\":\"low_level\",\"value\":-48.5}],\"timeline\":"
            + SomeTimeline.Text(recognition.Timeline, TimelineFormat.Json) + Provenance + "}\n");
    }

    [Theory]
    [InlineData("en", "No.")]
    [InlineData("zh-CN", "不行。")]
    public void WriteError_InLanguage_WritesCodeAndMessage(string language, string message) =>
        Line(stream => RecognitionJson.WriteError(stream, "a.wav", new AudioException("audio.empty", "No.", "不行。"), language))
            .ShouldBe("{\"file\":\"a.wav\",\"error\":{\"code\":\"audio.empty\",\"message\":\"" + message + "\"}}\n");

    private static string Line(Action<Stream> write)
    {
        using var stream = new MemoryStream();
        write(stream);
        var line = Encoding.UTF8.GetString(stream.ToArray());
        Contract.RecognitionLine.ShouldAccept(line, "The line");
        return line;
    }
}
