using Shouldly;
using SpeechEmotion.Audio.Files;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Tests.Audio.Files;

public sealed class UnreadableNameTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose()
    {
        Encoders.Empty(_folder.Path);
        _folder.Dispose();
    }

    [Theory]
    [InlineData("a.wav"), InlineData("a.flac"), InlineData("a.m4a", "-c:a", "alac")]
    public void Open_NameInAnotherEncoding_IsRead(string file, params string[] options)
    {
        Encoders.Ffmpeg(["-i", TestSignal.WriteWav(_folder.File("original.wav")), .. options, _folder.File(file)]);
        Encoders.Copy(_folder.File(file), _folder.Path, "caf\\351");
        var shown = Directory.GetFiles(_folder.Path).Single(path => path.Contains("caf", StringComparison.Ordinal));
        File.Exists(shown).ShouldBeFalse();
        Reading.File(shown).ShouldBe(TestSignal.Normalized(TestSignal.Samples(16000, 1, 1)));
    }

    [Fact]
    public void Open_TwoNamesThatLookAlike_IsAnError()
    {
        var original = TestSignal.WriteWav(_folder.File("original.wav"));
        Encoders.Copy(original, _folder.Path, "caf\\351");
        Encoders.Copy(original, _folder.Path, "caf\\350");
        Reading.Failure(_folder.File("caf\uFFFD")).ShouldBe("audio.name_not_utf8");
        Reading.Failure(_folder.File("th\uFFFD")).ShouldBe("audio.name_not_utf8");
    }

    [Fact]
    public void Read_FolderInAnotherEncoding_FindsWhatIsInIt()
    {
        var original = TestSignal.WriteWav(_folder.File("original.wav"));
        Encoders.Copy(original, _folder.Path, "d\\366/e\\366/caf\\351.wav");
        var folder = RecordingFolder.Read(_folder.Path, TestContext.Current.CancellationToken);
        folder.Recordings.ShouldBe([_folder.File("d\uFFFD/e\uFFFD/caf\uFFFD.wav"), original], ignoreOrder: true);
        foreach (var path in folder.Recordings)
            Reading.File(path).Length.ShouldBe(16000);
    }
}
