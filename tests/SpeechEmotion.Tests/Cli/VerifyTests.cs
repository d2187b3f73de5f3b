using Shouldly;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Tests.Cli;

/// <summary><c>ser verify</c> on output folders of <c>ser recognize --output</c>.</summary>
public sealed class VerifyTests(SerProgram ser) : IClassFixture<SerProgram>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Verify_UnchangedWithItsRecording_ReportsEachCheck()
    {
        var folder = Recognize();

        var english = ser.Run(_folder, "verify", folder, "--audio", Recordings.Speech);
        var chinese = ser.Run(_folder, "verify", folder, "--lang", "zh");

        english.ExitCode.ShouldBe(0, english.Output + english.Errors);
        english.Output.ShouldMatch(
            "(?s)^✓ result.json agrees with itself: Neutral, 51.2 %\n"
            + "✓ processed_audio.wav is what the model processed: SHA-256 [0-9a-f]{64}\n"
            + "✓ speech.wav is the recording: SHA-256 [0-9a-f]{64}\n"
            + "✓ the model is here: compact .*✓ computed again from processed_audio.wav: Neutral, as written\n"
            + "✓ largest difference of a score: 0[.0-9]*, at most 0.005\n✓ computed again from speech.wav: Neutral, as written\n"
            + "✓ largest difference of a score: 0[.0-9]*, at most 0.00001\nVerified.\n$");
        chinese.ExitCode.ShouldBe(0);
        chinese.Output.ShouldContain("✓ 由 processed_audio.wav 重新计算：中性，与记录一致\n");
        chinese.Output.ShouldEndWith("已核实。\n");
    }

    [Fact]
    public void Verify_Json_IsOneObject()
    {
        var run = ser.Run(_folder, "verify", Recognize(), "--json");

        run.ExitCode.ShouldBe(0, run.Errors);
        var json = run.Lines.Single();
        json.GetProperty("verified").GetBoolean().ShouldBeTrue();
        var scores = json.GetProperty("checks").EnumerateArray().Last();
        scores.GetProperty("check").GetString().ShouldBe("processed_audio.scores");
        scores.GetProperty("outcome").GetString().ShouldBe("passed");
        scores.GetProperty("difference").GetDouble().ShouldBeLessThan(5e-3);
    }

    [Fact]
    public void Verify_Changed_IsNotVerified()
    {
        var folder = Recognize();
        Replace(folder, "\"emotion\": \"neutral\"", "\"emotion\": \"angry\"");

        var run = ser.Run(_folder, "verify", folder);

        run.ExitCode.ShouldBe(1);
        run.Output.ShouldContain("✗ computed again from processed_audio.wav: Neutral, but Angry is written\n");
        run.Output.ShouldEndWith("Not verified.\n");
    }

    [Fact]
    public void Verify_MissingModel_IsAModelError()
    {
        var folder = Recognize();
        Replace(folder, "\"id\": \"compact\"", "\"id\": \"emotion2vec_plus_large\"");

        var run = ser.Run(_folder, "verify", folder);

        run.ExitCode.ShouldBe(3);
        run.Errors.ShouldContain("[model.not_here]");
    }

    [Fact]
    public void Verify_OlderOrNoResult_ReportsIt()
    {
        var folder = Recognize();
        Replace(folder, "\"provenance\"", "\"elsewhere\"");

        var older = ser.Run(_folder, "verify", folder);
        var none = ser.Run(_folder, "verify", _folder.Path, "--json");

        (older.ExitCode, none.ExitCode).ShouldBe((1, 1));
        older.Errors.ShouldContain("[output.no_provenance]");
        none.Errors.ShouldContain("[output.no_result]");
        ser.Run(_folder, "verify").ExitCode.ShouldBe(2);
    }

    public void Dispose() => _folder.Dispose();

    private string Recognize()
    {
        var run = ser.Run(_folder, "recognize", "--model", "compact", "--json", "--output", "outputs", Recordings.Speech);
        run.ExitCode.ShouldBe(0, run.Errors);
        return _folder.File(run.Lines.Single().GetProperty("output").GetString()!);
    }

    private static void Replace(string folder, string part, string other) => WrittenFiles.Change(
        Path.Combine(folder, "result.json"),
        text =>
        {
            text.ShouldContain(part);
            return text.Replace(part, other, StringComparison.Ordinal);
        });
}
