using System.Text.Json;
using Shouldly;
using SpeechEmotion.Tests.Audio;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Tests.Cli;

public sealed class RecognizeTimelineTests(SerProgram ser) : IClassFixture<SerProgram>, IDisposable
{
    private static readonly string Call = Path.Combine(Repository.Golden("vad"), "call.wav");
    private static readonly string Announcement = Path.Combine(Repository.Golden("vad"), "announcement.wav");

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Recognize_LongRecording_WritesItsTimeline()
    {
        Encoders.Sox(Call, Announcement, Recordings.Speech, _folder.File("long.wav"));

        var run = ser.Run(_folder, "recognize", "long.wav", "--output", "out");

        run.ExitCode.ShouldBe(0, run.Errors);
        run.Output.ShouldContain("speech ");
        run.Output.ShouldMatch(@" Mostly [a-z +]+: [\d.+% ]+ of speech, \d+ segments, \d+ changes?\n  Averaged scores");
        var written = Directory.GetDirectories(_folder.File("out")).Single();
        Directory.GetFiles(written).Select(Path.GetFileName).Order(StringComparer.Ordinal)
            .ShouldBe(["processed_audio.wav", "result.json", "timeline.csv"]);
        using var result = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(written, "result.json")));
        var segments = result.RootElement.GetProperty("timeline").GetProperty("segments").GetArrayLength();
        segments.ShouldBeGreaterThan(3);
        File.ReadLines(Path.Combine(written, "timeline.csv")).Count().ShouldBe(segments + 1);
    }

    [Fact]
    public void Recognize_Exports_AreWrittenOfAShortRecordingToo()
    {
        var run = ser.Run(_folder, "recognize", Recordings.Speech, "--export", "srt,textgrid", "--lang", "zh");

        run.ExitCode.ShouldBe(0, run.Errors);
        var written = Directory.GetDirectories(_folder.File("outputs")).Single();
        File.ReadAllText(Path.Combine(written, "timeline.srt")).ShouldStartWith("1\n00:00:0");
        File.ReadAllText(Path.Combine(written, "timeline.srt")).ShouldContain("中性");
        File.ReadAllText(Path.Combine(written, "timeline.TextGrid")).ShouldStartWith("File type = \"ooTextFile\"");
    }

    [Fact]
    public void Recognize_SplitChannels_NamesThemByTheirRoles()
    {
        Encoders.Sox("-M", Call, Announcement, _folder.File("stereo.wav"));

        var run = ser.Run(_folder, "recognize", "stereo.wav", "--json", "--channels", "split", "--roles", "customer,agent");

        run.ExitCode.ShouldBe(0, run.Errors);
        var timeline = run.Lines.Single().GetProperty("timeline");
        timeline.GetProperty("channels").EnumerateArray().Select(channel => channel.GetProperty("role").GetString())
            .ShouldBe(["customer", "agent"]);
        timeline.GetProperty("segments").EnumerateArray().Select(segment => segment.GetProperty("channel").GetInt32()).Distinct().Count()
            .ShouldBe(2);
    }

    [Fact]
    public void Recognize_NeverByASmallModel_NamesTheRemedy()
    {
        Encoders.Sox(Call, Announcement, Recordings.Speech, _folder.File("long.wav"));

        var run = ser.Run(_folder, "recognize", "long.wav", "--segments", "never");

        run.ExitCode.ShouldBe(3);
        run.Errors.ShouldContain("[model.too_long]");
        run.Errors.ShouldContain("by segments");
    }

    [Theory]
    [InlineData("--segments", "1")]
    [InlineData("--channels", "left")]
    [InlineData("--export", "srt,docx")]
    [InlineData("--roles", "")]
    public void Recognize_UnknownValue_IsWrongUsage(string option, string value)
    {
        var run = ser.Run(_folder, "recognize", Recordings.Speech, option, value);

        run.ExitCode.ShouldBe(2);
        run.Errors.ShouldContain("ser --help");
    }

    [Theory, InlineData("split"), InlineData("left")]
    public void Recognize_FramesOfSplitChannels_IsWrongUsage(string channels) =>
        ser.Run(_folder, "recognize", Recordings.Speech, "--granularity", "frame", "--channels", channels).ExitCode.ShouldBe(2);

    public void Dispose() => _folder.Dispose();
}
