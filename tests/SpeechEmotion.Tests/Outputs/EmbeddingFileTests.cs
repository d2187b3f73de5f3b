using Shouldly;
using SpeechEmotion.Options;
using SpeechEmotion.Outputs;
using SpeechEmotion.Results;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Tests.Outputs;

public sealed class EmbeddingFileTests
{
    private const string SaveAgain =
        """
        import sys, numpy
        a = numpy.load(sys.argv[1])
        numpy.save(sys.argv[1] + '.again.npy', a)
        print(a.dtype.str, a.shape, a.flags.c_contiguous, a.sum())
        """;

    [Fact]
    public void Commit_Utterance_WritesVector()
    {
        using var root = new TemporaryFolder();
        using var folder = OutputFolder.Create(root.Path, new() { Embedding = true });

        var path = folder.Commit(SomeRecognition.With() with { Embedding = new(new float[] { 1, 2, 3, 4 }, 4) }).Folder;

        ReadInNumpy(path).ShouldBe("<f4 (4,) True 10.0");
    }

    [Fact]
    public void Commit_StreamedFrames_WritesRows()
    {
        using var root = new TemporaryFolder();
        using var folder = OutputFolder.Create(root.Path, new() { Embedding = true });
        var row = Enumerable.Repeat(0.5f, 1024).ToArray();
        folder.Frames(row, 1024);
        folder.Frames([.. row, .. row], 1024);
        folder.Frames([], 1024);

        var path = folder.Commit(SomeRecognition.With(Granularity.Frame)).Folder;

        ReadInNumpy(path).ShouldBe("<f4 (3, 1024) True 1536.0");
    }

    [Fact]
    public void Commit_FramesInTheRecognition_WritesRows()
    {
        using var root = new TemporaryFolder();
        using var folder = OutputFolder.Create(root.Path, new() { Embedding = true });

        var path = folder.Commit(SomeRecognition.With(Granularity.Frame) with { Embedding = new(new float[] { 1, 2, 3, 4 }, 2) }).Folder;

        ReadInNumpy(path).ShouldBe("<f4 (2, 2) True 10.0");
    }

    [Fact]
    public void Commit_FramesBySegments_WritesTheTimeOfEachRow()
    {
        using var root = new TemporaryFolder();
        using var folder = OutputFolder.Create(root.Path, new() { Embedding = true });
        var options = new RecognitionOptions
        {
            Segments = SegmentationMode.Always,
            Granularity = Granularity.Frame,
            Embedding = true,
            Sink = folder,
        };

        var result = CompactModel.Recognizer.Recognize(Sounds.Call, 16000, options: options, ct: TestContext.Current.CancellationToken);

        var path = folder.Commit(result).Folder;
        double[] starts = [.. result.Frames!.Where(frame => frame.Scores is not null).Select(frame => frame.Start)];
        ReadInNumpy(path).ShouldStartWith($"<f4 ({starts.Length}, 320) True");
        var times = File.ReadAllBytes(Path.Combine(path, "embedding_times.npy"));
        System.Text.Encoding.ASCII.GetString(times, 10, 118)
            .ShouldContain($"'descr': '<f8', 'fortran_order': False, 'shape': ({starts.Length},)");
        System.Runtime.InteropServices.MemoryMarshal.Cast<byte, double>(times.AsSpan(128)).ToArray().ShouldBe(starts);
    }

    [Fact]
    public void Commit_FramesWithoutSpeech_WritesNoRow()
    {
        using var root = new TemporaryFolder();
        using var folder = OutputFolder.Create(root.Path, new() { Embedding = true });
        var options = new RecognitionOptions
        {
            Segments = SegmentationMode.Always,
            Granularity = Granularity.Frame,
            Embedding = true,
            Sink = folder,
        };

        var path = folder.Commit(CompactModel.Recognizer.Recognize(
            new float[32_000], 16000, options: options, ct: TestContext.Current.CancellationToken)).Folder;

        ReadInNumpy(path).ShouldBe("<f4 (0, 320) True 0.0");
    }

    /// <summary>Describes the array that numpy reads; numpy must also write identical bytes.</summary>
    private static string ReadInNumpy(string outputFolder)
    {
        var path = Path.Combine(outputFolder, "embedding.npy");
        var seen = Python.Run(SaveAgain, [path], module: "numpy");
        File.ReadAllBytes(path).ShouldBe(File.ReadAllBytes(path + ".again.npy"));
        return seen;
    }
}
