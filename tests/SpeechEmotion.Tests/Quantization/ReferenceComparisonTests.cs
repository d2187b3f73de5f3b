using Shouldly;
using SpeechEmotion.Errors;
using SpeechEmotion.Models;
using SpeechEmotion.Quantization;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Tests.Quantization;

/// <summary>A checkpoint in the real format, and FunASR's own scores for a recording.</summary>
public sealed class ReferenceComparisonTests : IDisposable
{
    private static readonly GoldenCase Golden = GoldenCase.Emotion2vec.First(golden => golden is { Model: "tiny-f16", Audio: "speech" });

    private readonly TemporaryFolder _home = new();
    private readonly ModelStore _store;
    private readonly ModelFolder _model;

    public ReferenceComparisonTests()
    {
        _store = new(_home.Path);
        _model = _store.Import(Golden.ModelDirectory);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static ModelReference Reference => new("example/test.wav", [.. Golden.Scores.Select(score => (double)score)]);

    [Fact]
    public void Run_FunAsrsAnswer_AgreesAndIsStored()
    {
        var comparison = new ReferenceComparison(Reference);

        var certificate = comparison.Run(_model, Golden.AudioPath, Ct).Manifest.Reference!;

        certificate.Agrees.ShouldBeTrue();
        certificate.Difference!.Value.ShouldBeLessThan(1e-3);
        certificate.Label.ShouldBe(Golden.Labels[Golden.Scores.Index().MaxBy(score => score.Item).Index]);
        var stored = _store.Find(_model.Manifest.Id)!;
        stored.Manifest.Reference.ShouldBe(certificate);
        stored.Manifest.Identity.MatchesReference.ShouldBe(true);
        // The example is not part of the model's hash and files.
        stored.Manifest.Hash.ShouldBe(_model.Manifest.Hash);
        stored.Manifest.Files.ShouldBe(_model.Manifest.Files);
        stored.Verify(Ct).ShouldBeEmpty();
        comparison.FindExample(stored).ShouldBe(stored.PathOf("example.wav"));
        comparison.Run(stored, stored.PathOf("example.wav"), Ct).Manifest.Reference.ShouldBe(certificate);
        Directory.EnumerateFileSystemEntries(stored.Directory).Select(Path.GetFileName).Order(StringComparer.Ordinal)
            .ShouldBe(["example.wav", "model.json", "model.onnx", "weights.bin"]);
    }

    [Fact]
    public void Run_SmallestScoreOff_NamesIt()
    {
        var smallest = Golden.Scores.Index().MinBy(score => score.Item).Index;
        var scores = Reference.Scores.ToArray();
        scores[smallest] *= Math.Exp(0.08);

        var certificate = new ReferenceComparison(Reference with { Scores = scores }).Run(_model, Golden.AudioPath, Ct).Manifest.Reference!;

        certificate.Agrees.ShouldBeFalse();
        certificate.Label.ShouldBe(certificate.ReferenceLabel);
        certificate.DifferenceLabel.ShouldBe(Golden.Labels[smallest]);
        certificate.Difference!.Value.ShouldBe(0.08, 1e-3);
    }

    [Fact]
    public void Run_AnotherNumberOfLabels_Differs()
    {
        var certificate = new ReferenceComparison(Reference with { Scores = [0.5, 0.5] })
            .Run(_model, Golden.AudioPath, Ct).Manifest.Reference!;

        (certificate.Agrees, certificate.ReferenceLabel, certificate.Difference).ShouldBe((false, null, null));
    }

    [Fact]
    public void Run_UnreadableExample_IsRefusedAndTryRunContinuesWithout()
    {
        File.WriteAllText(_home.File("example.txt"), "no recording");
        var comparison = new ReferenceComparison(Reference);

        Should.Throw<AudioException>(() => comparison.Run(_model, _home.File("example.txt"), Ct));
        comparison.TryRun(_model, _home.File("example.txt"), Ct).Manifest.Reference.ShouldBeNull();
        comparison.TryRun(_model, _home.File("missing.wav"), Ct).Manifest.Reference.ShouldBeNull();
        comparison.TryRun(_model, null, Ct).Manifest.Reference.ShouldBeNull();
    }

    [Fact]
    public void Run_LongExample_IsRefused()
    {
        WavSilence(_home.File("long.wav"), seconds: 31);

        Should.Throw<AudioException>(() => new ReferenceComparison(Reference).Run(_model, _home.File("long.wav"), Ct)).Code
            .ShouldBe("audio.no_example");
    }

    [Fact]
    public void FindExample_ImportedFolderWithIt_IsFoundThere()
    {
        var folder = Directory.CreateDirectory(_home.File("source"));
        foreach (var file in Directory.EnumerateFiles(Golden.ModelDirectory))
            File.Copy(file, Path.Combine(folder.FullName, Path.GetFileName(file)));
        var example = Path.Combine(folder.CreateSubdirectory("example").FullName, "test.wav");
        var comparison = new ReferenceComparison(Reference);
        var imported = _store.Import(folder.FullName, "other", ct: Ct);
        comparison.FindExample(imported).ShouldBeNull();

        File.Copy(Golden.AudioPath, example);

        comparison.FindExample(imported).ShouldBe(example);
    }

    [Fact]
    public void Import_SameWeightsAgain_KeepsTheCertificate()
    {
        var certificate = new ReferenceComparison(Reference).Run(_model, Golden.AudioPath, Ct).Manifest.Reference;
        var copy = Directory.CreateDirectory(_home.File(_model.Manifest.Id)).FullName;
        foreach (var file in Directory.EnumerateFiles(Golden.ModelDirectory))
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));

        _store.Import(copy, ct: Ct).Manifest.Reference.ShouldBe(certificate);
    }

    [Fact]
    public void Certify_ComparedModel_DoesNotClaimItForInt8()
    {
        var compared = new ReferenceComparison(Reference).Run(_model, Golden.AudioPath, Ct);

        new Int8Conversion(_store).Certify(compared, ct: Ct).Manifest.Identity.MatchesReference.ShouldBeNull();
    }

    public void Dispose() => _home.Dispose();

    private static void WavSilence(string path, int seconds)
    {
        using var writer = new BinaryWriter(File.Create(path));
        var length = seconds * 32000;
        writer.Write("RIFF"u8);
        writer.Write(36 + length);
        writer.Write("WAVEfmt "u8);
        foreach (var (value, bytes) in new[] { (16, 4), (1, 2), (1, 2), (16000, 4), (32000, 4), (2, 2), (16, 2) })
        {
            if (bytes == 4)
                writer.Write(value);
            else
                writer.Write((short)value);
        }
        writer.Write("data"u8);
        writer.Write(length);
        writer.Write(new byte[length]);
    }
}
