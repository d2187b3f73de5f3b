using Shouldly;
using SpeechEmotion.Results;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Tests.Cli;

public sealed class RecognizeTableTests(SerProgram ser) : IClassFixture<SerProgram>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory, InlineData("en"), InlineData("zh")]
    public void Recognize_Language_PrintsInIt(string language)
    {
        var run = ser.Run(_folder, "recognize", "--lang", language, Recordings.Speech, "absent.wav");

        run.ExitCode.ShouldBe(1);
        foreach (var emotion in EmotionNames.All)
            run.Output.ShouldContain($"{emotion.Emoji()} {emotion.DisplayName(language)}");
        run.Errors.ShouldContain(language == "zh" ? "模型：compact" : "Model: compact");
        run.Errors.ShouldContain(language == "zh" ? "不得商用" : "not for commercial use");
        run.Errors.ShouldContain("ser models pull emotion2vec_plus_large");
        run.Errors.ShouldContain(language == "zh" ? "找不到“absent.wav”" : "'absent.wav' does not exist");
        run.Errors.ShouldContain("[audio.not_found]");
    }

    [Theory, InlineData("zh_CN.UTF-8", "愤怒"), InlineData("de_DE.UTF-8", "Angry")]
    public void Recognize_NoLanguageOption_UsesTheTerminals(string locale, string angry)
    {
        var start = ser.Prepare(_folder, "recognize", Recordings.Speech);
        start.Environment["LANG"] = locale;

        ProgramRun.Of(start).Output.ShouldContain(angry);
    }

    [Fact]
    public void Recognize_Table_HasNineBarsAsLongAsTheScores()
    {
        var run = ser.Run(_folder, "recognize", "--granularity", "frame", Recordings.Speech);

        run.ExitCode.ShouldBe(0, run.Errors);
        var bars = run.Output.Split('\n').Where(line => line.Contains(" %  ", StringComparison.Ordinal)).ToArray();
        bars.Length.ShouldBe(9);
        // 51.2 % of 30 blocks for the highest score, 0.0 % for the lowest.
        bars.Select(bar => bar.Count(c => c == '█')).Max().ShouldBe(15);
        bars.Select(bar => bar.Count(c => c == '█')).Min().ShouldBe(0);
        run.Output.ShouldContain("(4.70 s)");
        run.Output.ShouldContain("0.0 s 😐 Neutral  →");
    }

    public void Dispose() => _folder.Dispose();
}
