using System.Text.Json;
using Shouldly;
using SpeechEmotion.Outputs.Json;
using SpeechEmotion.Outputs.Timelines;
using SpeechEmotion.Results;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Tests.Outputs.Json;

public sealed class ResultJsonTests
{
    [Fact]
    public void Write_Utterance_BeginsWithTheFiveFieldsOfTheOldSystem()
    {
        Text(SomeRecognition.With()).ReplaceLineEndings("\n").ShouldStartWith(
            """
            {
              "emotion": "happy",
              "confidence": 0.853,
              "scores": {
                "angry": 0.012,
                "disgusted": 0.008,
                "fearful": 0.015,
                "happy": 0.853,
                "neutral": 0.045,
                "other": 0.023,
                "sad": 0.018,
                "surprised": 0.021,
                "unknown": 0.005
              },
              "granularity": "utterance",
              "timestamp": "2024-01-04 22:30:00",
              "duration": 8.32,
            """.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void Write_Utterance_CarriesProvenanceAndQuality()
    {
        using var json = JsonDocument.Parse(Text(SomeRecognition.With(), source: "采访 1.m4a"));

        json.RootElement.EnumerateObject().Select(p => p.Name).ShouldBe(
            [
                "emotion", "confidence", "scores", "granularity", "timestamp", "duration", "model", "labels", "quality", "source",
                "provenance",
            ]);
        json.RootElement.GetProperty("model").GetRawText().ReplaceLineEndings("").Replace(" ", "").ShouldStartWith(
            """{"id":"emotion2vec_plus_large","precision":"fp32","hash":"0123456789abcdef","check":"none","""
            + "\"license\":\"model-license\",\"commercial_use\":false,\"version\":\"0.1.");
        json.RootElement.GetProperty("labels")[1].GetProperty("score").GetRawText().ShouldBe("0.85312");
        var note = json.RootElement.GetProperty("quality")[0];
        note.GetProperty("reason").GetString().ShouldBe("low_level");
        note.GetProperty("value").GetDouble().ShouldBe(-48.5);
        note.GetProperty("text_zh").GetString().ShouldBe("声音很小。");
    }

    [Fact]
    public void Write_SpeechOnly_HasThousandthsToo()
    {
        var recognition = SomeRecognition.With();
        using var json = JsonDocument.Parse(Text(recognition with { SpeechOnly = new(recognition.Scores) }));

        var speech = json.RootElement.GetProperty("speech_only");
        speech.EnumerateObject().Select(p => p.Name).ShouldBe(["emotion", "confidence", "scores"]);
        (speech.GetProperty("emotion").GetString(), speech.GetProperty("confidence").GetRawText()).ShouldBe(("happy", "0.853"));
        speech.GetProperty("scores").EnumerateObject().Sum(score => score.Value.GetDecimal()).ShouldBe(1);
    }

    [Fact]
    public void Write_Timeline_FollowsTheOtherFieldsAndIsItsOwnJson()
    {
        var recognition = SomeRecognition.With(Granularity.Frame) with { Timeline = SomeTimeline.With("客户", "agent") };
        using var json = JsonDocument.Parse(Text(recognition, source: "a.wav"));
        using var alone = JsonDocument.Parse(SomeTimeline.Bytes(recognition.Timeline, TimelineFormat.Json));

        json.RootElement.EnumerateObject().Select(p => p.Name).ShouldBe(
        [
            "emotion", "confidence", "scores", "granularity", "timestamp", "duration", "model", "labels", "quality", "timeline", "frames",
            "frames_smoothed", "source", "provenance",
        ]);
        JsonElement.DeepEquals(json.RootElement.GetProperty("timeline"), alone.RootElement).ShouldBeTrue();
    }

    [Fact]
    public void Write_Provenance_NamesProgramRecordingDecodingAndOptions()
    {
        using var json = JsonDocument.Parse(Text(SomeRecognition.With()));

        JsonElement.DeepEquals(
            json.RootElement.GetProperty("provenance"),
            JsonElement.Parse(
                $$"""
                {
                  "version": "0.1.0", "device": "cpu", "runtime": "ONNX Runtime 1.31.1",
                  "source": {"sha256": "{{new string('a', 64)}}", "bytes": 4321},
                  "decoding": {"container": "MP3", "codec": "mp3", "decoder": "libsndfile", "decoder_version": "1.2.0",
                               "sample_rate": 44100, "channels": 2, "mixing": "average", "resampling": "sinc"},
                  "options": {"granularity": "utterance", "segments": "whole", "channels": "mix", "segmentation": null},
                  "processed_audio": null
                }
                """)).ShouldBeTrue(json.RootElement.GetProperty("provenance").GetRawText());
    }

    [Fact]
    public void Write_FrameWithoutSpeech_HasNullForItsScores()
    {
        var recognition = SomeRecognition.With(Granularity.Frame) with
        {
            Frames = [new(12.34, null), new(12.36, new([1, 0, 0, 0, 0, 0, 0, 0, 0]))],
        };
        using var json = JsonDocument.Parse(Text(recognition));

        json.RootElement.GetProperty("frames")[0].GetRawText().ShouldBe("""{"start":12.34,"scores":null}""");
        json.RootElement.GetProperty("frames")[1].GetProperty("scores").GetProperty("angry").GetDouble().ShouldBe(1);
        json.RootElement.GetProperty("frames_smoothed")[0].GetRawText().ShouldBe("""{"start":12.34,"scores":null}""");
    }

    [Fact]
    public void Write_Chinese_StaysReadable() =>
        Text(SomeRecognition.With(), source: "开心，<测试>+'1'.wav").ShouldContain("开心，<测试>+'1'.wav");

    [Fact]
    public void Write_FileNameThatIsNotUnicode_IsStillJson()
    {
        using var json = JsonDocument.Parse(Text(SomeRecognition.With(), source: "a\ud83d\"\n.wav"));

        json.RootElement.GetProperty("source").GetString().ShouldBe("a\ufffd\"\n.wav");
    }

    [Fact]
    public void Write_Frames_RawAndSmoothed()
    {
        using var json = JsonDocument.Parse(Text(SomeRecognition.With(Granularity.Frame)));

        var frames = json.RootElement.GetProperty("frames");
        frames.GetArrayLength().ShouldBe(120);
        frames[3].GetProperty("start").GetRawText().ShouldBe("0.06");
        frames[3].GetProperty("scores").GetProperty("angry").GetRawText().ShouldBe("0.1235");
        frames[3].GetProperty("scores").EnumerateObject().Count().ShouldBe(9);
        var smoothed = json.RootElement.GetProperty("frames_smoothed");
        smoothed.GetArrayLength().ShouldBe(24);
        smoothed[1].GetProperty("start").GetDouble().ShouldBe(0.1);
    }

    [Fact]
    public void Write_AnyDistribution_SumsToExactlyOneAndConfidenceIsTheTopScore()
    {
        var random = new Random(1);
        var distributions = Enumerable.Range(0, 500).Select(i => Distribution(random, sharpness: i % 30)).ToList();
        distributions.Add([1, 0, 0, 0, 0, 0, 0, 0, 0]);
        distributions.Add([0, 0, 0, 0, 0, 0, 0, 0, 1]);
        distributions.Add([.. Enumerable.Repeat(1f / 9, 9)]);
        distributions.Add([0.5f, 0.5f, 0, 0, 0, 0, 0, 0, 0]);
        distributions.Add([1e-30f, 0, 0, 0, 1, 0, 0, 0, 1e-38f]);

        foreach (var scores in distributions)
        {
            using var json = JsonDocument.Parse(Text(SomeRecognition.With(scores: scores)));
            var written = json.RootElement.GetProperty("scores").EnumerateObject().Select(p => p.Value.GetDecimal()).ToArray();
            written.Sum().ShouldBe(1.000m);
            json.RootElement.GetProperty("confidence").GetDecimal().ShouldBe(written.Max());
            json.RootElement.GetProperty("emotion").GetString().ShouldBe(((Emotion)scores.IndexOf(scores.Max())).Key());
        }
    }

    [Fact]
    public void Write_CertainScore_IsAFloatInPython()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("result.json"), Text(SomeRecognition.With(scores: [0, 0, 0, 0, 0, 0, 1, 0, 0])));

        Python.Run(
            "import json, sys; r = json.load(open(sys.argv[1], encoding='utf-8')); "
            + "print(r['emotion'], r['confidence'], sum(r['scores'].values()))",
            [folder.File("result.json")]).ShouldBe("sad 1.0 1.0");
    }

    private static string Text(Recognition recognition, string? source = null)
    {
        using var folder = new TemporaryFolder();
        ResultJson.Write(folder.File("result.json"), recognition, new FixedTime().GetLocalNow(), source);
        var text = File.ReadAllText(folder.File("result.json"));
        Contract.Result.ShouldAccept(text, "result.json");
        return text;
    }

    private static float[] Distribution(Random random, int sharpness)
    {
        var weights = Enumerable.Range(0, 9).Select(_ => Math.Exp(sharpness * random.NextDouble())).ToArray();
        return Array.ConvertAll(weights, w => (float)(w / weights.Sum()));
    }
}
