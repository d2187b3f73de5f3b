using Shouldly;
using SpeechEmotion.Tests.Audio;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Tests.Cli;

public sealed class InfoTests(SerProgram ser) : IClassFixture<SerProgram>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("a.wav", "WAV", 4.702), InlineData("a.mp3", "MP3", 4.7), InlineData("a.m4a", "MP4, aac", 4.7)]
    public void Info_Recording_DescribesItsContent(string file, string format, double seconds)
    {
        Encoders.Ffmpeg("-i", Recordings.Speech, "-ar", "44100", "-ac", "2", _folder.File(file));

        var run = ser.Run(_folder, "info", file);

        run.ExitCode.ShouldBe(0, run.Errors);
        var fields = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(": ", 2)).ToDictionary(pair => pair[0], pair => pair[1]);
        fields["File"].ShouldBe(file);
        fields["Format"].ShouldContain(format);
        fields["Sample rate"].ShouldBe("44100 Hz");
        fields["Channels"].ShouldBe("2");
        double.Parse(fields["Duration"].TrimEnd('s', ' '), System.Globalization.CultureInfo.InvariantCulture).ShouldBe(seconds, 0.1);
    }

    [Fact]
    public void Info_Chinese_PrintsChinese() =>
        ser.Run(_folder, "info", "--lang", "zh", Recordings.Speech).Output.ShouldContain("采样率: 16000 Hz");

    [Fact]
    public void Info_NoRecording_Ends1()
    {
        File.WriteAllText(_folder.File("text.wav"), "This is no sound.");

        var run = ser.Run(_folder, "info", "text.wav");

        run.ExitCode.ShouldBe(1);
        run.Output.ShouldBeEmpty();
        run.Errors.ShouldContain("[audio.unsupported_format]");
    }

    public void Dispose() => _folder.Dispose();
}
