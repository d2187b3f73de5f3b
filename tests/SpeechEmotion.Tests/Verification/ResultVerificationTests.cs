using System.Text.Json.Nodes;
using Shouldly;
using SpeechEmotion.Errors;
using SpeechEmotion.Inference;
using SpeechEmotion.Models;
using SpeechEmotion.Options;
using SpeechEmotion.Outputs;
using SpeechEmotion.Quantization;
using SpeechEmotion.Results;
using SpeechEmotion.Tests.Audio;
using SpeechEmotion.Tests.Support;
using SpeechEmotion.Verification;
using Xunit;

namespace SpeechEmotion.Tests.Verification;

/// <summary>An unchanged result passes verification; a changed one fails.</summary>
public sealed class ResultVerificationTests : IDisposable
{
    private static readonly string[] Everything =
    [
        "result", "processed_audio.sha256", "source.sha256", "model",
        "processed_audio.label", "processed_audio.scores", "source.label", "source.scores",
    ];

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void Run_UnchangedWithItsRecording_PassesEveryCheck()
    {
        using var result = new WrittenResult(WrittenResult.Speech);

        var report = result.Verify(WrittenResult.Speech, Ct);

        report.Verified.ShouldBeTrue(Text(report));
        report.Checks.Select(check => check.Key).ShouldBe(Everything);
        report.Checks.ShouldAllBe(check => check.Outcome == CheckOutcome.Passed);
        report.Checks[^1].Limit.ShouldBe(1e-5);
        report.Checks[5].Limit.ShouldBe(5e-3);
    }

    [Theory]
    [InlineData("speech.flac", "44100", Granularity.Utterance)]
    [InlineData("speech.m4a", "48000", Granularity.Frame)]
    public void Run_CompressedStereo_IsReproducedFromBothSounds(string name, string rate, Granularity granularity)
    {
        var source = _folder.File(name);
        Encoders.Ffmpeg("-i", WrittenResult.Speech, "-ar", rate, "-ac", "2", source);
        using var result = new WrittenResult(source, new() { Granularity = granularity });

        var report = result.Verify(source, Ct);

        report.Verified.ShouldBeTrue(Text(report));
        report.Checks.Select(check => check.Key).ShouldBe(Everything);
    }

    [Fact]
    public void Run_LongRecordingProcessedBySegments_IsReproducedFromBothSounds()
    {
        var source = Conversation("conversation.wav", "22050");
        using var result = new WrittenResult(source, new() { Segmentation = new() { Longest = TimeSpan.FromSeconds(9) } });

        var report = result.Verify(source, Ct);

        report.Verified.ShouldBeTrue(Text(report));
        report.Checks.Count(check => check.Difference is not null).ShouldBe(2);
    }

    [Theory]
    [InlineData(20, SilenceMode.Auto, SegmentationMode.Auto)]
    [InlineData(40, SilenceMode.Auto, SegmentationMode.Auto)]
    [InlineData(20, SilenceMode.Keep, SegmentationMode.Auto)]
    [InlineData(40, SilenceMode.Auto, SegmentationMode.Always)]
    public void Run_SpeechAmongSilence_IsReproducedFromBothSounds(int silence, SilenceMode handling, SegmentationMode segments)
    {
        var source = _folder.File("silence.wav");
        Encoders.Sox(WrittenResult.Speech, source, "pad", "1", $"{silence}");
        using var result = new WrittenResult(source, new() { Silence = handling, Segments = segments });

        var report = result.Verify(source, Ct);

        report.Verified.ShouldBeTrue(Text(report));
        report.Checks.Count(check => check.Difference is not null).ShouldBe(2);
    }

    [Fact]
    public void Run_SplitChannels_NeedsTheRecording()
    {
        var source = _folder.File("two.wav");
        Encoders.Sox("-M", WrittenResult.Speech, Path.Combine(Repository.Golden("vad"), "call.wav"), source);
        using var result = new WrittenResult(source, new() { Channels = ChannelMode.Split });

        var alone = result.Verify(ct: Ct);
        var report = result.Verify(source, Ct);

        alone.Verified.ShouldBeFalse();
        alone.Checks.Select(check => check.Outcome).ShouldBe([CheckOutcome.Passed, CheckOutcome.Passed, CheckOutcome.Skipped]);
        alone.Checks[^1].Text.ShouldContain("--audio");
        report.Verified.ShouldBeTrue(Text(report));
        report.Checks[^1].Key.ShouldBe("source.scores");
    }

    [Theory]
    [InlineData("0.003")]
    [InlineData("30")]
    public void Run_QuietOrOverdriven_IsLeftToTheRecording(string gain)
    {
        var source = _folder.File("loudness.wav");
        Encoders.Ffmpeg("-i", WrittenResult.Speech, "-af", $"volume={gain}:precision=float", "-ar", "44100", "-c:a", "pcm_f32le", source);
        using var result = new WrittenResult(source);

        var alone = result.Verify(ct: Ct);
        var report = result.Verify(source, Ct);

        alone.Verified.ShouldBeFalse();
        Failed(alone).ShouldBeEmpty();
        alone.Checks.Last(check => check.Outcome == CheckOutcome.Skipped).Text.ShouldContain("--audio");
        report.Verified.ShouldBeTrue(Text(report));
        report.Checks[^1].Outcome.ShouldBe(CheckOutcome.Passed);
    }

    [Fact]
    public void Run_OneSampleOfTheSoundChanged_Fails()
    {
        using var result = new WrittenResult(WrittenResult.Speech);
        var bytes = File.ReadAllBytes(result.AudioPath);
        bytes[^1001] ^= 1;
        File.WriteAllBytes(result.AudioPath, bytes);

        var report = result.Verify(ct: Ct);

        report.Verified.ShouldBeFalse();
        Failed(report).ShouldBe(["processed_audio.sha256"]);
        report.Checks.ShouldNotContain(check => check.Difference != null);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(30)]
    [InlineData(5000)]
    public void Run_SoundCutShort_Fails(int length)
    {
        using var result = new WrittenResult(WrittenResult.Speech);
        File.WriteAllBytes(result.AudioPath, File.ReadAllBytes(result.AudioPath)[..length]);

        Failed(result.Verify(ct: Ct)).ShouldBe(["processed_audio.sha256"]);
    }

    [Fact]
    public void Run_SoundMissingOrALink_Fails()
    {
        using var result = new WrittenResult(WrittenResult.Speech);
        var elsewhere = _folder.File("elsewhere.wav");
        File.Move(result.AudioPath, elsewhere);
        Failed(result.Verify(ct: Ct)).ShouldBe(["processed_audio.sha256"]);

        File.CreateSymbolicLink(result.AudioPath, elsewhere);
        Failed(result.Verify(ct: Ct)).ShouldBe(["processed_audio.sha256"]);

        File.Delete(result.AudioPath);
        Encoders.Pipe(result.AudioPath);
        Failed(result.Verify(ct: Ct)).ShouldBe(["processed_audio.sha256"]);
    }

    [Fact]
    public void Run_AnotherSoundOfThatName_IsNotGivenToOtherDecoders()
    {
        using var result = new WrittenResult(WrittenResult.Speech);
        Encoders.Ffmpeg("-i", WrittenResult.Speech, "-f", "flac", result.AudioPath);

        Failed(result.Verify(ct: Ct)).ShouldBe(["processed_audio.sha256"]);
    }

    [Fact]
    public void Run_LabelChanged_ContradictsItselfAndTheModel()
    {
        using var result = new WrittenResult(WrittenResult.Speech);
        result.Edit(json => json["emotion"] = "happy");

        Failed(result.Verify(ct: Ct)).ShouldBe(["result", "processed_audio.label"]);
    }

    [Fact]
    public void Run_ScoresChangedWithoutLabels_ContradictsItself()
    {
        using var result = new WrittenResult(WrittenResult.Speech);
        result.Edit(json =>
        {
            json["confidence"] = 0.999;
            json["scores"]!["neutral"] = 0.999;
        });

        Failed(result.Verify(ct: Ct)).ShouldBe(["result"]);
    }

    [Fact]
    public void Run_AllScoresChangedAlike_ContradictsTheModel()
    {
        using var result = new WrittenResult(WrittenResult.Speech);
        result.Edit(json =>
        {
            var scores = new float[EmotionScores.Count];
            foreach (var (label, i) in json["labels"]!.AsArray().Select((label, i) => (label!, i)))
            {
                var score = i == (int)Emotion.Neutral ? 0.64f : 0.36f / (EmotionScores.Count - 1);
                label["score"] = score;
                scores[i] = score;
            }
            var thousandths = new EmotionScores(scores).ToThousandths();
            foreach (var emotion in EmotionNames.All)
                json["scores"]![emotion.Key()] = thousandths[(int)emotion] / 1000m;
            json["confidence"] = 0.640m;
        });

        var report = result.Verify(WrittenResult.Speech, Ct);

        Failed(report).ShouldBe(["processed_audio.scores", "source.scores"]);
        report.Checks[^1].Difference!.Value.ShouldBeGreaterThan(0.2);
    }

    [Fact]
    public void Run_ScoreChangedByLessThanTheSoundWasRounded_IsFoundByTheRecording()
    {
        using var result = new WrittenResult(WrittenResult.Speech);
        result.Edit(json =>
        {
            var score = json["labels"]![0]!["score"]!;
            score.ReplaceWith(score.GetValue<float>() + 0.00005f);
        });

        Failed(result.Verify(WrittenResult.Speech, Ct)).ShouldBe(["source.scores"]);
    }

    [Fact]
    public void Run_AnotherRecording_FailsAndIsNotComputed()
    {
        using var result = new WrittenResult(WrittenResult.Speech);

        var report = result.Verify(Path.Combine(Repository.Golden("vad"), "call.wav"), Ct);

        Failed(report).ShouldBe(["source.sha256"]);
        report.Checks.ShouldNotContain(check => check.Key == "source.scores");
    }

    [Fact]
    public void Run_MissingRecording_IsItsOwnError()
    {
        using var result = new WrittenResult(WrittenResult.Speech);

        Should.Throw<AudioException>(() => result.Verify(_folder.File("none.wav"), Ct)).Code.ShouldBe("audio.not_found");
        Should.Throw<AudioException>(() => result.Verify(Encoders.Pipe(_folder.File("pipe")), Ct)).Code.ShouldBe("audio.not_a_file");
    }

    [Theory]
    [InlineData("id", "emotion2vec_plus_large", "ser models pull emotion2vec_plus_large")]
    [InlineData("id", "my-own", "ser models import FOLDER")]
    [InlineData("hash", "0123456789abcdef", "other weights")]
    [InlineData("precision", "int4", "not in int4")]
    public void Run_MissingModel_NamesTheRemedy(string field, string value, string said)
    {
        using var result = new WrittenResult(WrittenResult.Speech);
        result.Edit(json => json["model"]![field] = value);
        using var home = new TemporaryFolder();
        var store = new ModelStore(home.Path);
        var search = new ModelSearch(store, _ => null, home.Path, AppContext.BaseDirectory);

        var error = Should.Throw<ModelException>(() => new ResultVerification(search, store).Run(result.Folder, ct: Ct));

        error.Code.ShouldBe("model.not_here");
        error.Message.ShouldContain(said);
        error.MessageZh.ShouldContain("ser models ");
    }

    [Fact]
    public void Run_Int8Form_IsFoundBelowItsOriginal()
    {
        using var home = new TemporaryFolder();
        var store = new ModelStore(home.Path);
        var verification = new ResultVerification(new ModelSearch(store, _ => null, home.Path, home.Path), store);
        var original = store.Import(Path.Combine(Repository.Golden("emotion2vec"), "models", "tiny-f16"), ct: Ct);
        var rounded = new Int8Conversion(store).Certify(original, ct: Ct);
        using var recognizer = new EmotionRecognizer(OnnxEmotionModel.Load(rounded, new()));
        using var result = new WrittenResult(WrittenResult.Speech, recognizer: recognizer);

        var report = verification.Run(result.Folder, WrittenResult.Speech, ct: Ct);
        Directory.Delete(rounded.Directory, recursive: true);
        var error = Should.Throw<ModelException>(() => verification.Run(result.Folder, ct: Ct));

        report.Verified.ShouldBeTrue(Text(report));
        report.Checks.Single(check => check.Key == "model").Text.ShouldContain("tiny-f16 (int8, ");
        error.Message.ShouldEndWith("Run: ser models certify tiny-f16");
    }

    [Fact]
    public void Run_ResultOfAnOlderProgram_ReportsIt()
    {
        using var result = new WrittenResult(WrittenResult.Speech);
        result.Edit(json => json.AsObject().Remove("provenance"));

        Should.Throw<OutputException>(() => result.Verify(ct: Ct)).Code.ShouldBe("output.no_provenance");
    }

    [Theory]
    [InlineData("granularity", "syllable")]
    [InlineData("segments", "auto")]
    [InlineData("channels", "left")]
    public void Run_OptionsOfAnotherProgram_AreRefused(string option, string value)
    {
        using var result = new WrittenResult(WrittenResult.Speech);
        result.Edit(json => json["provenance"]!["options"]![option] = value);

        Should.Throw<OutputException>(() => result.Verify(ct: Ct)).Code.ShouldBe("output.damaged");
    }

    [Fact]
    public void Run_SegmentationOutOfRange_IsRefused()
    {
        using var result = new WrittenResult(WrittenResult.Speech);
        foreach (var (setting, value) in new[] { ("threshold", 2.0), ("longest", 1e300), ("pause", -1) })
        {
            result.Edit(json => json["provenance"]!["options"]!["segmentation"] = new JsonObject { [setting] = value });

            Should.Throw<OutputException>(() => result.Verify(ct: Ct)).Code.ShouldBe("output.damaged");
        }
    }

    [Fact]
    public void Run_OtherEngine_IsReportedAndStillVerified()
    {
        using var result = new WrittenResult(WrittenResult.Speech);
        result.Edit(json => json["provenance"]!["runtime"] = "ONNX Runtime 1.0.0");

        var report = result.Verify(ct: Ct);

        report.Verified.ShouldBeTrue(Text(report));
        report.Checks.Single(check => check.Key == "runtime").Text.ShouldContain("ONNX Runtime 1.0.0");
    }

    [Fact]
    public void Run_NoFolderOfAResult_ReportsIt()
    {
        using var result = new WrittenResult(WrittenResult.Speech);
        var elsewhere = _folder.File("elsewhere.json");
        File.Move(result.ResultPath, elsewhere);
        File.CreateSymbolicLink(result.ResultPath, elsewhere);

        Should.Throw<OutputException>(() => result.Verify(ct: Ct)).Code.ShouldBe("output.no_result");
        Should.Throw<OutputException>(() => ResultVerification.Default.Run(_folder.File("none"), ct: Ct)).Code.ShouldBe("output.no_result");
    }

    [Fact]
    public void Run_Cancelled_Ends()
    {
        using var result = new WrittenResult(WrittenResult.Speech);
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();

        Should.Throw<OperationCanceledException>(() => result.Verify(WrittenResult.Speech, cancelled.Token));
    }

    public void Dispose() => _folder.Dispose();

    private string Conversation(string name, string rate)
    {
        var path = _folder.File(name);
        using (var writer = new WavWriter(_folder.File("16k.wav")))
        {
            writer.Write(Sounds.Conversation);
            writer.Finish();
        }
        Encoders.Sox(_folder.File("16k.wav"), "-r", rate, "-c", "2", path);
        return path;
    }

    private static IEnumerable<string> Failed(VerificationReport report) =>
        report.Checks.Where(check => check.Outcome == CheckOutcome.Failed).Select(check => check.Key);

    private static string Text(VerificationReport report) =>
        string.Join('\n', report.Checks.Select(check => $"{check.Outcome} {check.Text}"));
}
