using System.Text.Json;
using Shouldly;
using SpeechEmotion.Tests.Audio;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Tests.Cli;

public sealed class LiveTests(SerProgram ser) : IClassFixture<SerProgram>, IDisposable
{
    private static readonly string Call = Path.Combine(Repository.Golden("vad"), "call.wav");

    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("pcm_s16le", "signed-integer", 16)]
    [InlineData("f32le", "floating-point", 32)]
    public void Live_RawSpeech_GivesTheSegmentsOfTheFile(string encoding, string sox, int bits)
    {
        Encoders.Sox(Call, "-e", sox, "-b", $"{bits}", _folder.File("raw.raw"));

        var live = Feed("raw.raw", "--json", "--encoding", encoding);
        var file = ser.Run(_folder, "recognize", Call, "--json", "--segments", "always");

        live.ExitCode.ShouldBe(0, live.Errors);
        var lines = live.Lines;
        lines.Where(line => Type(line) == "partial").Select(line => line.GetProperty("end").GetDouble())
            .ShouldBe(Enumerable.Range(1, 12).Select(i => (double)i));
        lines.Where(line => Type(line) == "partial").Select(line => line.GetProperty("speech").GetBoolean()).ShouldContain(false);
        var segments = file.Lines.Single().GetProperty("timeline").GetProperty("segments").EnumerateArray().Select(Times).ToArray();
        lines.Where(line => Type(line) == "segment").Select(Times).ShouldBe(segments);
        Type(lines[^1]).ShouldBe("summary");
        lines[^1].GetProperty("timeline").GetProperty("segments").EnumerateArray().Select(Times).ShouldBe(segments);
    }

    [Fact]
    public void Live_ForPeople_EndsWithTheSummary()
    {
        Encoders.Sox(Call, "-e", "signed-integer", "-b", "16", _folder.File("raw.raw"));

        var run = Feed("raw.raw", "--lang", "zh", "--hop", "2.5");

        run.ExitCode.ShouldBe(0, run.Errors);
        run.Output.ShouldContain("■");
        run.Output.ShouldContain("说话");
    }

    [Fact]
    public void Live_NoInput_Succeeds()
    {
        File.WriteAllBytes(_folder.File("raw.raw"), []);

        Feed("raw.raw").ExitCode.ShouldBe(0);
    }

    [Fact]
    public void Live_CutInTheMiddleOfASample_ReportsIt()
    {
        File.WriteAllBytes(_folder.File("raw.raw"), new byte[33]);

        var run = Feed("raw.raw");

        run.ExitCode.ShouldBe(1);
        run.Errors.ShouldContain("[audio.damaged]");
    }

    [Theory]
    [InlineData("--rate", "1")]
    [InlineData("--hop", "9")]
    [InlineData("--window", "x")]
    [InlineData("--channels", "0")]
    [InlineData("--encoding", "mp3")]
    public void Live_ValueOutOfRange_IsWrongUsage(string option, string value) => Feed(null, option, value).ExitCode.ShouldBe(2);

    public void Dispose() => _folder.Dispose();

    private static string? Type(JsonElement line) => line.GetProperty("type").GetString();

    private static (double, double, string?, double) Times(JsonElement segment) => (
        segment.GetProperty("start").GetDouble(), segment.GetProperty("end").GetDouble(),
        segment.GetProperty("emotion").GetString(), segment.GetProperty("confidence").GetDouble());

    private ProgramRun Feed(string? file, params string[] arguments) => ProgramRun.Of(
        ser.Prepare(_folder, ["live", .. arguments]), file is null ? [] : File.ReadAllBytes(_folder.File(file)));
}
