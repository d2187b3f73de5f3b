using System.Text.Json;
using Shouldly;
using SpeechEmotion.Tests.Outputs;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Tests.Cli;

public sealed class RecognizeOutputTests(SerProgram ser) : IClassFixture<SerProgram>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Recognize_Output_WritesAFolderForEachFile()
    {
        var run = ser.Run(
            _folder, "recognize", "--json", "--output", "results/of mine", Recordings.Speech, "absent.wav", Recordings.Speech);

        run.ExitCode.ShouldBe(1);
        var folders = run.Lines.Where(line => line.TryGetProperty("output", out _)).Select(Folder).ToArray();
        folders.Length.ShouldBe(2);
        Directory.GetFileSystemEntries(_folder.File("results/of mine")).Order().ShouldBe(folders.Order());
        foreach (var folder in folders)
            Files(folder).ShouldBe(["processed_audio.wav", "result.json"]);
        var result = JsonElement.Parse(File.ReadAllText(Path.Combine(folders[0], "result.json")));
        result.GetProperty("model").GetProperty("id").GetString().ShouldBe("compact");
        result.GetProperty("model").GetProperty("license").GetString().ShouldBe("CC-BY-NC-SA-4.0");
        result.GetProperty("source").GetString().ShouldBe("speech.wav");
    }

    [Theory]
    [InlineData("utterance", "float32 (320,)"), InlineData("frame", "float32 (228, 320)")]
    public void Recognize_Embedding_IsReadByNumpyUnderOutputs(string granularity, string expected)
    {
        var run = ser.Run(_folder, "recognize", "--json", "--embedding", "--granularity", granularity, Recordings.Speech);

        run.ExitCode.ShouldBe(0, run.Errors);
        var folder = Folder(run.Lines.ShouldHaveSingleItem());
        Path.GetDirectoryName(folder).ShouldBe(_folder.File("outputs"));
        Files(folder).ShouldBe(["embedding.npy", "processed_audio.wav", "result.json"]);
        Python.Run(
            """
            import sys, json, wave, numpy
            folder = sys.argv[1]
            e = numpy.load(folder + "/embedding.npy")
            r = json.load(open(folder + "/result.json", encoding="utf-8"))
            w = wave.open(folder + "/processed_audio.wav")
            print(e.dtype, e.shape, bool(numpy.isfinite(e).all() and e.std() > 0))
            print(r["emotion"], r["granularity"], len(r.get("frames", [])))
            print(w.getframerate(), w.getnchannels(), w.getnframes())
            """,
            [folder], "numpy")
            .ShouldBe($"{expected} True\nneutral {granularity} {(granularity == "frame" ? 234 : 0)}\n16000 1 75228");
    }

    [Fact]
    public void Recognize_OutputIsNoFolder_IsAnErrorOfEachFile()
    {
        var taken = _folder.Lay("taken.wav");

        var run = ser.Run(_folder, "recognize", "--json", "--output", taken, Recordings.Speech);

        run.ExitCode.ShouldBe(1);
        run.Lines.ShouldHaveSingleItem().GetProperty("error").GetProperty("code").GetString().ShouldBe("output.not_writable");
    }

    [Fact]
    public void Recognize_OutputCannotBeMade_IsAnErrorOfEachFile()
    {
        var run = ser.Run(_folder, "recognize", "--output", "/proc/outputs", Recordings.Speech);

        run.ExitCode.ShouldBe(1);
        run.Errors.ShouldContain("[output.not_writable]");
        run.Output.ShouldBeEmpty();
    }

    public void Dispose() => _folder.Dispose();

    private string Folder(JsonElement line) => Path.Combine(_folder.Path, line.GetProperty("output").GetString()!);

    private static IEnumerable<string?> Files(string folder) => Directory.GetFiles(folder).Select(Path.GetFileName).Order();
}
