using System.Text.Json;
using Shouldly;
using SpeechEmotion.Results;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Tests.Cli;

public sealed class RecognizeJsonTests(SerProgram ser) : IClassFixture<SerProgram>, IDisposable
{
    private static readonly string[] Fields = ["file", "emotion", "confidence", "scores", "granularity", "duration", "model"];

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Recognize_Json_IsOneLineInTheOrderOfTheContract()
    {
        var run = ser.Run(_folder, "recognize", "--json", Recordings.Speech);

        run.ExitCode.ShouldBe(0, run.Errors);
        var line = run.Lines.ShouldHaveSingleItem();
        run.Output.ShouldEndWith("}\n");
        Names(line).ShouldBe([.. Fields, "provenance"]);
        Names(line.GetProperty("scores")).ShouldBe(EmotionNames.All.Select(emotion => emotion.Key()));
        Names(line.GetProperty("model")).ShouldBe(["id", "precision", "hash", "check"]);
        line.GetProperty("file").GetString().ShouldBe(Recordings.Speech);
        line.GetProperty("granularity").GetString().ShouldBe("utterance");
        line.GetProperty("duration").GetDouble().ShouldBe(4.702, 0.001);
        line.GetProperty("model").GetProperty("id").GetString().ShouldBe("compact");
    }

    [Fact]
    public void Recognize_Json_GivesTheLibrarysScoresUnrounded()
    {
        var expected = CompactModel.Recognizer.Recognize(Recordings.Speech, ct: TestContext.Current.CancellationToken);

        var line = ser.Run(_folder, "recognize", "--json", Recordings.Speech).Lines.ShouldHaveSingleItem();

        var scores = line.GetProperty("scores");
        foreach (var emotion in EmotionNames.All)
            scores.GetProperty(emotion.Key()).GetSingle().ShouldBe(expected.Scores[emotion], 1e-4f);
        scores.EnumerateObject().Sum(score => score.Value.GetDouble()).ShouldBe(1, 1e-6);
        line.GetProperty("emotion").GetString().ShouldBe(expected.Emotion.Key());
        line.GetProperty("confidence").GetRawText().ShouldBe(scores.GetProperty(expected.Emotion.Key()).GetRawText());
        line.GetProperty("confidence").GetRawText().Length.ShouldBeGreaterThan(6);
    }

    [Fact]
    public void Recognize_SeveralFilesAndBadOnes_AnswersEachInOrder()
    {
        File.WriteAllText(_folder.File("text.wav"), "This is no sound.");
        var good = _folder.Lay("good.wav");

        var run = ser.Run(_folder, "recognize", "--json", "absent.wav", good, "text.wav", Recordings.Speech);

        run.ExitCode.ShouldBe(1);
        run.Lines.Select(line => line.GetProperty("file").GetString()).ShouldBe(["absent.wav", good, "text.wav", Recordings.Speech]);
        run.Lines.Select(Code).ShouldBe(["audio.not_found", null, "audio.unsupported_format", null]);
        Names(run.Lines[0]).ShouldBe(["file", "error"]);
        Names(run.Lines[0].GetProperty("error")).ShouldBe(["code", "message"]);
        run.Lines[0].GetProperty("error").GetProperty("message").GetString()!.ShouldContain("absent.wav");
        run.Errors.Split("Model: compact").Length.ShouldBe(2, "the model is named once a run");
    }

    [Fact]
    public void Recognize_Frames_StartEvery20Milliseconds()
    {
        var run = ser.Run(_folder, "recognize", "--json", "--granularity", "frame", Recordings.Speech);

        var line = run.Lines.ShouldHaveSingleItem();
        Names(line).ShouldBe([.. Fields, "frames", "provenance"]);
        line.GetProperty("granularity").GetString().ShouldBe("frame");
        var frames = line.GetProperty("frames").EnumerateArray().ToArray();
        frames.Length.ShouldBe(234);
        for (var i = 0; i < frames.Length; i++)
        {
            Names(frames[i]).ShouldBe(["start", "scores"]);
            frames[i].GetProperty("start").GetDouble().ShouldBe(i * 0.02, 1e-9);
            // The voice ends 0.1 s before the recording does, and compact processes speech only.
            (frames[i].GetProperty("scores").ValueKind == JsonValueKind.Null).ShouldBe(i >= 228, $"frame {i}");
        }
        frames[0].GetProperty("scores").EnumerateObject().Sum(score => score.Value.GetDouble()).ShouldBe(1, 0.001);
    }

    [Fact]
    public void Recognize_StandardInput_IsNamedDash()
    {
        var run = ProgramRun.Of(ser.Prepare(_folder, "recognize", "--json", "-"), File.ReadAllBytes(Recordings.Speech));

        run.ExitCode.ShouldBe(0, run.Errors);
        var line = run.Lines.ShouldHaveSingleItem();
        line.GetProperty("file").GetString().ShouldBe("-");
        line.GetProperty("duration").GetDouble().ShouldBe(4.702, 0.001);
    }

    [Fact]
    public void Recognize_EmptyStandardInput_IsAnError()
    {
        var run = ser.Run(_folder, "recognize", "--json", "-");

        run.ExitCode.ShouldBe(1);
        Code(run.Lines.ShouldHaveSingleItem()).ShouldBe("audio.empty");
    }

    [Fact]
    public void Recognize_NoFolderForStandardInput_IsAnError()
    {
        var start = ser.Prepare(_folder, "recognize", "--json", "-");
        start.Environment["TMPDIR"] = _folder.File("absent");

        var run = ProgramRun.Of(start, File.ReadAllBytes(Recordings.Speech));

        run.ExitCode.ShouldBe(1);
        Code(run.Lines.ShouldHaveSingleItem()).ShouldBe("audio.not_kept");
    }

    [Fact]
    public void Recognize_LongerThanMaxHours_IsRefused()
    {
        // 0.001 h are 3.6 s; the recording has 4.7 s.
        var run = ser.Run(_folder, "recognize", "--json", "--max-hours", "0.001", Recordings.Speech);

        run.ExitCode.ShouldBe(1);
        Code(run.Lines.ShouldHaveSingleItem()).ShouldBe("audio.too_long");
    }

    [Theory, InlineData("> /dev/full"), InlineData(">&-")]
    public void Recognize_OutputCannotBeWritten_ReportsIt(string redirection)
    {
        var start = ser.Prepare(
            _folder, "-c", $"exec \"$0\" recognize --json \"$1\" {redirection}", SerProgram.Executable, Recordings.Speech);
        start.FileName = "/bin/sh";

        var run = ProgramRun.Of(start);

        run.ExitCode.ShouldBe(1);
        run.Errors.ShouldContain("[io.failed]");
    }

    public void Dispose() => _folder.Dispose();

    private static IEnumerable<string> Names(JsonElement json) => json.EnumerateObject().Select(field => field.Name);

    private static string? Code(JsonElement line) =>
        line.TryGetProperty("error", out var error) ? error.GetProperty("code").GetString() : null;
}
