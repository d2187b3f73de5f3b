using System.Diagnostics;
using Shouldly;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Tests;

/// <summary>The packages as their users receive them.</summary>
public sealed class PackageTests(PackedLibrary packed) : IClassFixture<PackedLibrary>, IDisposable
{
    private static readonly string Speech = Path.Combine(Repository.Golden("emotion2vec"), "audio", "speech.wav");

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Library_HoldsCodeAndTheLicenseOfTheVoiceActivityModelInside()
    {
        var files = Files("SpeechEmotion");

        files.ShouldBe(
            [
                "README.md", "lib/net10.0/SpeechEmotion.dll", "lib/net10.0/SpeechEmotion.xml", "models/vad/LICENSE",
                "models/vad/MODEL_CARD.md",
            ]);
        packed.Metadata("SpeechEmotion").Element("license")!.Value.ShouldBe("Apache-2.0");
        Dependencies("SpeechEmotion").ShouldBe(
            [
                "Concentus", "Google.Protobuf", "Microsoft.ML.OnnxRuntime", "NLayer", "NVorbis", "System.IO.Hashing",
                "System.Numerics.Tensors", "YamlDotNet",
            ]);
    }

    [Fact]
    public void Compact_HoldsTheModelItsCardAndItsLicense()
    {
        var files = Files("SpeechEmotion.Compact");

        files.ShouldBe(
        [
            "build/SpeechEmotion.Compact.targets", "buildTransitive/SpeechEmotion.Compact.targets", "models/compact/LICENSE",
            "models/compact/MODEL_CARD.md", "models/compact/encoder.onnx", "models/compact/head.json", "models/compact/model.json",
            "models/compact/speech-head.json",
        ]);
        packed.Metadata("SpeechEmotion.Compact").Element("license")!.Value.ShouldBe("CC-BY-NC-SA-4.0");
        Dependencies("SpeechEmotion.Compact").ShouldBeEmpty();
    }

    [Fact]
    public void Client_HoldsCodeAndNeedsNoOtherPackage()
    {
        var files = Files("SpeechEmotion.Client");

        files.ShouldBe(["README.md", "lib/net10.0/SpeechEmotion.Client.dll", "lib/net10.0/SpeechEmotion.Client.xml"]);
        packed.Metadata("SpeechEmotion.Client").Element("license")!.Value.ShouldBe("Apache-2.0");
        Dependencies("SpeechEmotion.Client").ShouldBeEmpty();
    }

    [Fact]
    public void FiveLines_WithBothPackages_AnswerWithTheCompactModel()
    {
        var program = File.ReadAllText(Path.Combine(Repository.Root, "samples", "FiveLines", "Program.cs"));

        var run = Run(packed.Build(_folder, program, "SpeechEmotion", "SpeechEmotion.Compact"));

        run.ExitCode.ShouldBe(0, run.Errors);
        run.Output.ShouldStartWith("Neutral");
        run.Output.ShouldContain("(compact)");
    }

    [Fact]
    public void Library_WithoutAModel_ExplainsWhereToGetOne()
    {
        const string program = """
            try
            {
                SpeechEmotion.EmotionRecognizer.Load();
            }
            catch (SpeechEmotion.Errors.SpeechEmotionException e)
            {
                Console.WriteLine($"{e.Code}: {e.Message}");
            }
            """;

        var run = Run(packed.Build(_folder, program, "SpeechEmotion"));

        run.ExitCode.ShouldBe(0, run.Errors);
        run.Output.ShouldStartWith("model.not_found: ");
        run.Output.ShouldContain("SpeechEmotion.Compact");
        run.Output.ShouldContain("ser models pull emotion2vec_plus_large");
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>Starts the program where it finds none of the user's models.</summary>
    private ProgramRun Run(ProcessStartInfo start)
    {
        start.ArgumentList.Add(Speech);
        start.Environment["HOME"] = start.Environment["SER_HOME"] = _folder.File("home");
        foreach (var name in (string[])["SER_MODEL", "MODELSCOPE_CACHE", "HF_HOME"])
            start.Environment.Remove(name);
        return ProgramRun.Of(start);
    }

    /// <summary>Returns the package's files without those that every package has.</summary>
    private IEnumerable<string> Files(string id)
    {
        using var package = packed.Open(id);
        return [.. package.Entries.Select(entry => entry.FullName)
            .Where(name => name is not "[Content_Types].xml" && !name.StartsWith("_rels/", StringComparison.Ordinal)
                && !name.StartsWith("package/", StringComparison.Ordinal) && name != $"{id}.nuspec")
            .Order(StringComparer.Ordinal)];
    }

    private IEnumerable<string> Dependencies(string id) =>
        packed.Metadata(id).Descendants("dependency").Select(one => one.Attribute("id")!.Value).Order(StringComparer.Ordinal);
}
