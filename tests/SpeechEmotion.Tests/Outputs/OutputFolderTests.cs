using System.Security.Cryptography;
using System.Text.Json;
using Shouldly;
using SpeechEmotion.Errors;
using SpeechEmotion.Outputs;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Tests.Outputs;

public sealed class OutputFolderTests
{
    private static readonly FixedTime Time = new();

    [Fact]
    public void Commit_WithSamples_WritesWavAndResult()
    {
        using var root = new TemporaryFolder();
        using var folder = OutputFolder.Create(root.File("outputs"), time: Time);
        folder.Waveform([0f, 0.5f, -0.5f]);

        var path = folder.Commit(SomeRecognition.With()).Folder;

        path.ShouldBe(root.File("outputs/outputs_20240104_223000"));
        Directory.GetFiles(path).Select(Path.GetFileName).Order().ShouldBe(["processed_audio.wav", "result.json"]);
        Directory.GetFileSystemEntries(root.File("outputs")).ShouldHaveSingleItem();
    }

    [Fact]
    public void Commit_SamplesInManyBlocks_ResultHasTheHashOfTheFilesSamples()
    {
        using var root = new TemporaryFolder();
        using var folder = OutputFolder.Create(root.Path, time: Time);
        foreach (var block in Sounds.InBlocks(Some.Noise(1.3), 5000))
            folder.Waveform(block.Span);

        var (path, recognition) = folder.Commit(SomeRecognition.With());

        var audio = recognition.Provenance.ProcessedAudio.ShouldNotBeNull();
        var samples = File.ReadAllBytes(Path.Combine(path, "processed_audio.wav")).AsSpan(44);
        audio.Sha256.ShouldBe(Convert.ToHexStringLower(SHA256.HashData(samples)));
        audio.Samples.ShouldBe(20800);
        using var json = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(path, "result.json")));
        var written = json.RootElement.GetProperty("provenance").GetProperty("processed_audio");
        written.GetProperty("sha256").GetString().ShouldBe(audio.Sha256);
        written.GetProperty("samples").GetInt64().ShouldBe(20800);
    }

    [Fact]
    public void Commit_NameTaken_AppendsACounter()
    {
        using var root = new TemporaryFolder();
        string Commit()
        {
            using var folder = OutputFolder.Create(root.Path, time: Time);
            return folder.Commit(SomeRecognition.With()).Folder;
        }

        string[] paths = [Commit(), Commit(), Commit()];

        paths.Select(Path.GetFileName).ShouldBe(
            ["outputs_20240104_223000", "outputs_20240104_223000_2", "outputs_20240104_223000_3"]);
    }

    [Fact]
    public void Commit_EmptyFolderOfThatName_IsLeftAlone()
    {
        using var root = new TemporaryFolder();
        var taken = Directory.CreateDirectory(root.File("outputs_20240104_223000"));
        using var folder = OutputFolder.Create(root.Path, time: Time);

        var path = folder.Commit(SomeRecognition.With()).Folder;

        path.ShouldEndWith("_2");
        taken.GetFileSystemInfos().ShouldBeEmpty();
    }

    [Fact]
    public async Task Commit_TwentyAtOnce_MakesTwentyFolders()
    {
        using var root = new TemporaryFolder();
        using var start = new Barrier(20);
        var commits = Enumerable.Range(0, 20).Select(i => Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait(TestContext.Current.CancellationToken);
                using var folder = OutputFolder.Create(root.Path, new() { Source = $"{i}.wav" }, Time);
                return folder.Commit(SomeRecognition.With()).Folder;
            },
            TestContext.Current.CancellationToken,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default));

        var paths = await Task.WhenAll(commits);

        paths.Distinct().Count().ShouldBe(20);
        Directory.GetFileSystemEntries(root.Path).Length.ShouldBe(20);
        var sources = paths.Select(path => File.ReadAllText(Path.Combine(path, "result.json"))).ToArray();
        Enumerable.Range(0, 20).ShouldAllBe(i => sources.Count(text => text.Contains($"\"{i}.wav\"")) == 1);
    }

    [Fact]
    public void Dispose_WithoutCommit_LeavesNothing()
    {
        using var root = new TemporaryFolder();
        using (var folder = OutputFolder.Create(root.Path, new() { Embedding = true }, Time))
        {
            folder.Waveform(new float[1000]);
            folder.Frames(new float[8], 4);
            Directory.GetFileSystemEntries(root.Path).ShouldHaveSingleItem();
        }

        Directory.GetFileSystemEntries(root.Path).ShouldBeEmpty();
    }

    [Fact]
    public void Commit_EmbeddingWantedButMissing_LeavesNothing()
    {
        using var root = new TemporaryFolder();
        using (var folder = OutputFolder.Create(root.Path, new() { Embedding = true }, Time))
            Should.Throw<InvalidOperationException>(() => folder.Commit(SomeRecognition.With()));

        Directory.GetFileSystemEntries(root.Path).ShouldBeEmpty();
    }

    [Fact]
    public void Commit_RootRemovedMeanwhile_ThrowsOutputException()
    {
        using var root = new TemporaryFolder();
        using var folder = OutputFolder.Create(root.File("outputs"), time: Time);
        Directory.Delete(root.File("outputs"), recursive: true);

        Should.Throw<OutputException>(() => folder.Commit(SomeRecognition.With())).Code.ShouldBe("output.not_writable");
    }

    [Fact]
    public void Commit_Twice_Throws()
    {
        using var root = new TemporaryFolder();
        using var folder = OutputFolder.Create(root.Path, time: Time);
        folder.Commit(SomeRecognition.With());

        Should.Throw<ObjectDisposedException>(() => folder.Commit(SomeRecognition.With()));
        Directory.GetFileSystemEntries(root.Path).ShouldHaveSingleItem();
    }

    [Fact]
    public void Frames_RowsOfAnotherLength_Throws()
    {
        using var root = new TemporaryFolder();
        using var folder = OutputFolder.Create(root.Path, new() { Embedding = true }, Time);
        folder.Frames(new float[8], 4);

        Should.Throw<ArgumentException>(() => folder.Frames(new float[8], 8));
        Should.Throw<ArgumentException>(() => folder.Frames(new float[7], 4));
    }
}
