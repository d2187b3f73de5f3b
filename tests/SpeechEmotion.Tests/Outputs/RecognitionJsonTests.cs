using System.Text;
using Shouldly;
using SpeechEmotion.Errors;
using SpeechEmotion.Outputs;
using SpeechEmotion.Results;
using Xunit;

namespace SpeechEmotion.Tests.Outputs;

public sealed class RecognitionJsonTests
{
    private const string Answer =
        """
        "emotion":"happy","confidence":0.853,"scores":{"angry":0.012,"disgusted":0.008,"fearful":0.015,"happy":0.853,"neutral":0.045,"other":0.023,"sad":0.018,"surprised":0.021,"unknown":0.005},"granularity":"utterance","duration":8.32,"model":{"id":"emotion2vec_plus_large","precision":"fp32","hash":"0123456789abcdef","check":"none"}
        """;

    [Fact]
    public void WriteLine_NothingMore_WritesTheAnswerAlone() =>
        Line(stream => RecognitionJson.WriteLine(stream, "a.wav", SomeRecognition.With() with { Quality = [] }))
            .ShouldBe("{\"file\":\"a.wav\"," + Answer + "}\n");

    [Fact]
    public void WriteLine_OutputAndQuality_FollowTheAnswer() =>
        Line(stream => RecognitionJson.WriteLine(stream, "录音/a.wav", SomeRecognition.With(), "outputs/outputs_20240104_223000"))
            .ShouldBe("{\"file\":\"录音/a.wav\"," + Answer +
                ",\"output\":\"outputs/outputs_20240104_223000\",\"quality\":[{\"reason\":\"low_level\",\"value\":-48.5}]}\n");

    [Fact]
    public void WriteLine_Frames_AreOnTheSameLine()
    {
        var line = Line(stream => RecognitionJson.WriteLine(stream, "a.wav", SomeRecognition.With(Granularity.Frame)));

        line.IndexOf('\n').ShouldBe(line.Length - 1);
        line.ShouldContain("\"frames\":[{\"start\":0,\"scores\":{\"angry\":0.1235,");
    }

    [Fact]
    public void WriteLine_Timeline_IsLastOnTheSameLine()
    {
        var recognition = SomeRecognition.With() with { Timeline = SomeTimeline.With("one\ntwo") };

        var line = Line(stream => RecognitionJson.WriteLine(stream, "a.wav", recognition));

        line.IndexOf('\n').ShouldBe(line.Length - 1);
        line.ShouldEndWith(
            "\"quality\":[{\"reason\":\"low_level\",\"value\":-48.5}],\"timeline\":"
            + SomeTimeline.Text(recognition.Timeline, TimelineFormat.Json) + "}\n");
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
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
