using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Shouldly;
using SpeechEmotion.Audio.Raw;
using SpeechEmotion.Cli;
using SpeechEmotion.Live;
using SpeechEmotion.Options;
using SpeechEmotion.Outputs.Json;
using SpeechEmotion.Results;
using SpeechEmotion.Tests.Audio;
using SpeechEmotion.Tests.Support;
using SpeechEmotion.Tests.Verification;
using Xunit;

namespace SpeechEmotion.Tests.Contracts;

/// <summary>
/// The schemas in <c>contracts/</c> accept what the product writes and reject what it must not write. Each case names the
/// optional field it is about, so that no case is accepted only because the field is absent.
/// </summary>
public sealed class ContractTests : IDisposable
{
    private static readonly string Call = Path.Combine(Repository.Golden("vad"), "call.wav");

    /// <summary>A valid result, for modification.</summary>
    private static readonly Lazy<JsonObject> Accepted =
        new(() => Parse(Made(WrittenResult.Speech, new() { Granularity = Granularity.Frame }).Result));

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void Recognize_Utterance_IsAccepted()
    {
        var (result, line) = Made(WrittenResult.Speech, new());

        Fields(result).ShouldBe(
        [
            "emotion", "confidence", "scores", "granularity", "timestamp", "duration", "model", "labels", "quality", "source", "provenance",
        ]);
        Fields(line).ShouldBe(["file", "emotion", "confidence", "scores", "granularity", "duration", "model", "output", "provenance"]);
    }

    [Fact]
    public void Recognize_Frames_AreAccepted()
    {
        var (result, line) = Made(WrittenResult.Speech, new() { Granularity = Granularity.Frame });

        Fields(result).ShouldContain("frames");
        Fields(result).ShouldContain("frames_smoothed");
        Fields(line).ShouldContain("frames");
        result.ShouldContain("\"scores\":null", customMessage: "Silence that the model does not process has no scores.");
    }

    [Fact]
    public void Recognize_Segments_TimelineIsAccepted()
    {
        using var file = new RecognizedFile(Call, new() { Segments = SegmentationMode.Always });

        Accept(Contract.Result, file.ResultJson)["timeline"]!["segments"]!.AsArray().Count.ShouldBeGreaterThan(1);
        Accept(Contract.RecognitionLine, file.Line)["timeline"].ShouldNotBeNull();
        Accept(Contract.Timeline, file.TimelineJson)["transitions"].ShouldNotBeNull();
    }

    [Fact]
    public void Recognize_ChannelsApart_RolesAreAccepted()
    {
        var samples = Sounds.Stereo(Sounds.Call, new float[Sounds.Call.Length]);
        var pcm = Array.ConvertAll(samples, sample => (short)(sample * 32767));
        File.WriteAllBytes(_folder.File("stereo.wav"), TestSignal.Wav(pcm, Some.Rate, 2));

        var (result, _) = Made(_folder.File("stereo.wav"), new()
        {
            Channels = ChannelMode.Split,
            Roles = ["客户", "agent"],
            Segmentation = new() { Pause = TimeSpan.FromSeconds(0.3) },
        });

        var channels = Parse(result)["timeline"]!["channels"]!.AsArray();
        channels.Select(channel => channel!["role"]!.GetValue<string>()).ShouldBe(["客户", "agent"]);
        channels[1]!["dominant"].ShouldBeNull("There is no speech on the second channel.");
        Parse(result)["provenance"]!["options"]!["segmentation"]!["pause"]!.GetValue<double>().ShouldBe(0.3);
    }

    [Fact]
    public void Recognize_Embedding_IsAccepted()
    {
        using var file = new RecognizedFile(WrittenResult.Speech, new() { Embedding = true });

        Accept(Contract.Result, file.ResultJson);
        Accept(Contract.RecognitionLine, file.Line);
    }

    [Fact]
    public void Recognize_IncompleteRecording_NoteIsAccepted()
    {
        var bytes = File.ReadAllBytes(WrittenResult.Speech);
        File.WriteAllBytes(_folder.File("cut.wav"), bytes[..(bytes.Length / 2)]);

        var (result, line) = Made(_folder.File("cut.wav"), new());

        foreach (var json in (string[])[result, line])
            Parse(json)["quality"]!.AsArray().Select(note => note!["reason"]!.GetValue<string>()).ShouldContain("incomplete");
    }

    [Fact]
    public void Recognize_SilenceThatChangesTheAnswer_SpeechOnlyIsAccepted()
    {
        using var recognizer = new EmotionRecognizer(new LoudnessModel { SpeechOnly = false });
        var samples = Sounds.Join(Sounds.Silence(8), Sounds.Sentence, Sounds.Silence(8));
        using var stream = new MemoryStream();

        var recognition = recognizer.Recognize(samples, Some.Rate, 1, ct: Ct);
        RecognitionJson.WriteLine(stream, "a.wav", recognition);

        Accept(Contract.RecognitionLine, Encoding.UTF8.GetString(stream.ToArray()))["speech_only"].ShouldNotBeNull();
    }

    [Fact]
    public void Recognize_FileThatIsNoRecording_LineIsAccepted()
    {
        File.WriteAllText(_folder.File("text.wav"), "This is no sound.");
        using var file = new RecognizedFile(_folder.File("text.wav"));

        Accept(Contract.RecognitionLine, file.Line)["error"]!["code"]!.GetValue<string>().ShouldBe("audio.unsupported_format");
    }

    [Fact]
    public void Live_EachKindOfLine_IsAccepted()
    {
        using var stream = new MemoryStream();
        using var sound = new MemoryStream(File.ReadAllBytes(Call));
        var live = new LiveRecognition(CompactModel.Recognizer, new() { SampleRate = Some.Rate });

        new LiveRun(live, stream, json: true, "en").All(new(sound, RawEncoding.FromKey("pcm_s16le")!, Some.Rate, 1), Ct);

        var lines = Encoding.UTF8.GetString(stream.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var types = lines.Select(line => Accept(Contract.LiveLine, line)["type"]!.GetValue<string>());
        types.Distinct().ShouldBe(["partial", "segment", "summary"], ignoreOrder: true);
    }

    [Fact]
    public void Verify_WithRecording_IsAccepted()
    {
        using var written = new WrittenResult(WrittenResult.Speech);
        using var stream = new MemoryStream();

        VerificationJson.WriteLine(stream, written.Folder, written.Verify(WrittenResult.Speech, Ct), "zh");

        var json = Accept(Contract.Verification, Encoding.UTF8.GetString(stream.ToArray()));
        json["checks"]!.AsArray().Count(check => check!["difference"] is not null).ShouldBe(2);
    }

    [Theory]
    [InlineData("emotion"), InlineData("confidence"), InlineData("scores"), InlineData("granularity"), InlineData("timestamp")]
    public void Result_FieldOfTheOldSystemMissing_IsRefused(string field) =>
        Refuse(result => result.Remove(field).ShouldBeTrue()).ShouldContain(violation => violation.Contains(field));

    [Fact]
    public void Result_TextForANumber_IsRefused() =>
        Refuse(result => result["confidence"] = "0.5").ShouldContain(violation => violation.StartsWith("/confidence"));

    [Fact]
    public void Result_UnknownField_IsRefused() =>
        Refuse(result => result["mood"] = "good").ShouldContain(violation => violation.Contains("mood"));

    [Fact]
    public void Result_UnknownFieldNextToSharedOnes_IsRefused() =>
        Refuse(result => result["model"]!["size"] = 1).ShouldContain(violation => violation.StartsWith("/model/size"));

    [Fact]
    public void Result_ProbabilityAboveOne_IsRefused() =>
        Refuse(result => result["frames"]![0]!["scores"]!["angry"] = 1.5).ShouldContain("/frames/0/scores/angry: 1.5 should be at most 1");

    [Fact]
    public void Result_UnknownEmotion_IsRefused() =>
        Refuse(result => result["emotion"] = "bored").ShouldContain(violation => violation.StartsWith("/emotion"));

    [Fact]
    public void Result_FrameModeWithoutFrames_IsRefused() =>
        Refuse(result => result.Remove("frames")).ShouldContain(violation => violation.Contains("frames"));

    [Fact]
    public void Result_NegativeTime_IsRefused() =>
        Refuse(result => result["frames"]![0]!["start"] = -0.02).ShouldContain(violation => violation.StartsWith("/frames/0/start"));

    [Theory]
    [InlineData("timeline", """{"channels": [], "summary": {}, "segments": [], "transitions": []}""")]
    [InlineData("recognition-line", """{"file": "a.wav"}""")]
    [InlineData("recognition-line", """{"file": "a", "error": {"code": "audio.empty", "message": "No."}, "metadata": {"age": 3}}""")]
    [InlineData("batch-summary", """{"name": "a", "items": 1}""")]
    [InlineData("recognition-line", """{"file": "a.wav", "error": {"code": "audio.empty", "message": "No.", "hint": "?"}}""")]
    [InlineData(
        "live-line",
        """{"type": "partial", "start": 0, "end": 1, "speech": false, "emotion": "sad", "confidence": null, "scores": null}""")]
    [InlineData("live-line", """{"type": "lag", "behind": 1, "skipped": 0}""")]
    [InlineData("verification", """{"folder": "a", "verified": true, "checks": [{"check": "model", "outcome": "perhaps", "text": "?"}]}""")]
    public void Schema_OtherDocument_IsRefused(string name, string document) =>
        Contract.All.Single(contract => contract.Name == name).Violations(JsonElement.Parse(document)).ShouldNotBeEmpty();

    [Fact]
    public void Folder_HoldsTheSchemasThatAreTested() => Directory.GetFiles(Contract.Folder, "*.schema.json").Select(Path.GetFileName)
        .ShouldBe(Contract.All.Select(contract => $"{contract.Name}.schema.json"), ignoreOrder: true);

    public void Dispose() => _folder.Dispose();

    private static (string Result, string Line) Made(string path, RecognitionOptions options)
    {
        using var file = new RecognizedFile(path, options);
        Accept(Contract.Result, file.ResultJson);
        Accept(Contract.RecognitionLine, file.Line);
        return (file.ResultJson, file.Line);
    }

    private static JsonObject Accept(Contract contract, string json)
    {
        contract.Violations(JsonElement.Parse(json)).ShouldBeEmpty();
        return Parse(json);
    }

    private static IReadOnlyList<string> Refuse(Action<JsonObject> change)
    {
        var json = Accepted.Value.DeepClone().AsObject();
        change(json);
        var violations = Contract.Result.Violations(JsonElement.Parse(json.ToJsonString()));
        violations.ShouldNotBeEmpty();
        return violations;
    }

    private static JsonObject Parse(string json) => JsonNode.Parse(json)!.AsObject();

    private static IEnumerable<string> Fields(string json) => Parse(json).Select(field => field.Key);
}
