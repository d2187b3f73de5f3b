using Shouldly;
using SpeechEmotion.Audio.Files;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Tests.Audio.Files;

public sealed class RecordingFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_AnyNames_TakesWhatIsARecordingByContentOrByName()
    {
        var original = TestSignal.WriteWav(_folder.File("a.wave"));
        Encoders.Ffmpeg("-i", original, "-c:a", "mp2", "-f", "mpegts", _folder.File("b.ts"));
        Encoders.Ffmpeg("-i", original, "-f", "w64", _folder.File("no ending"));
        File.WriteAllText(_folder.File("c.ts"), "export const answer = 42\n");
        File.WriteAllText(_folder.File("damaged.MP3"), "<html>");
        File.WriteAllBytes(_folder.File("cover.jpg"), [0xFF, 0xD8, 0xFF, 0xE0, 0, 16]);
        File.WriteAllBytes(_folder.File(".hidden.wav"), File.ReadAllBytes(original));
        Encoders.Pipe(_folder.File("pipe"));

        var folder = RecordingFolder.Read(_folder.Path, TestContext.Current.CancellationToken);

        folder.Recordings.Select(Path.GetFileName).ShouldBe(["a.wave", "b.ts", "damaged.MP3", "no ending"]);
        folder.LeftOut.Select(Path.GetFileName).ShouldBe(["c.ts", "cover.jpg", "pipe"]);
    }

    [Fact]
    public void Read_FilesBesideFolders_AreInTheOrderOfTheirPaths()
    {
        string[] names = ["a/b.wav", "a.wav", "a-b/c.wav", "a/b/c.wav", "B.wav", "\u4E2D/a.wav"];
        foreach (var name in names)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_folder.File(name))!);
            File.WriteAllBytes(_folder.File(name), []);
        }
        Directory.CreateSymbolicLink(_folder.File("a/loop"), _folder.Path);

        var folder = RecordingFolder.Read(_folder.Path, TestContext.Current.CancellationToken);

        folder.Recordings.ShouldBe(names.Select(_folder.File).Order(StringComparer.Ordinal).ToArray());
        folder.LeftOut.ShouldBeEmpty();
    }

    [Fact]
    public void Read_EarlierOutputs_AreNeitherTakenNorCounted()
    {
        Directory.CreateDirectory(_folder.File("out"));
        TestSignal.WriteWav(_folder.File("out/processed_audio.wav"));
        File.WriteAllText(_folder.File("out/result.json"), "{}");
        File.WriteAllText(_folder.File("out/timeline.csv"), "start,end\n");

        var folder = RecordingFolder.Read(_folder.Path, TestContext.Current.CancellationToken);

        folder.Recordings.ShouldBeEmpty();
        folder.LeftOut.ShouldBeEmpty();
    }

    [Fact]
    public void All_Extensions_AreInTheDocumentation()
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, "docs", "formats.md"));
        RecordingExtensions.All.ShouldAllBe(extension => text.Contains($"`{extension}`", StringComparison.Ordinal));
        RecordingExtensions.Fit("A.WAV").ShouldBeTrue();
        RecordingExtensions.Fit("wav").ShouldBeFalse();
    }
}
