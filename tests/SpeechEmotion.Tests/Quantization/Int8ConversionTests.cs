using System.Text.Json.Nodes;
using Shouldly;
using SpeechEmotion.Errors;
using SpeechEmotion.Inference;
using SpeechEmotion.Models;
using SpeechEmotion.Quantization;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Tests.Quantization;

/// <summary>Creates, certifies and selects int8 models, from a checkpoint in the real format.</summary>
public sealed class Int8ConversionTests : IDisposable
{
    private readonly TemporaryFolder _home = new();
    private readonly ModelStore _store;
    private readonly Int8Conversion _conversion;
    private readonly ModelFolder _original;

    public Int8ConversionTests()
    {
        _store = new(_home.Path);
        _conversion = new(_store);
        _original = _store.Import(Path.Combine(Repository.Golden("emotion2vec"), "models", "tiny-f16"));
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void Certify_Checkpoint_MakesAWholeFormBelowItsOriginal()
    {
        var stages = new List<ImportProgress>();

        var rounded = _conversion.Certify(_original, progress: new Stages(stages), ct: Ct);

        rounded.Directory.ShouldBe(Path.Combine(_original.Directory, "int8"));
        rounded.Manifest.Precision.ShouldBe("int8");
        rounded.Manifest.Hash.ShouldBe(_original.Manifest.Hash);
        rounded.Verify(Ct).ShouldBeEmpty();
        var certificate = rounded.Manifest.Certificate!;
        certificate.Clips.ShouldBe(CalibrationClips.SyntheticCount);
        certificate.Cosine.ShouldBeInRange(0.9, 0.99999);
        certificate.WeightBits.ShouldBe(8);
        certificate.Products.ShouldBe(Int8Products.Name);
        stages.Select(stage => stage.Fraction).ShouldBeInOrder();
        stages[^1].ShouldBe(new(_original.Manifest.Id, ImportStage.Done, 1));
        // The store lists the model once, in its original precision.
        _store.List().Select(folder => folder.Directory).ShouldBe([_original.Directory]);
        Directory.EnumerateDirectories(Path.GetDirectoryName(_original.Directory)!).ShouldBe([_original.Directory]);
    }

    [Fact]
    public void Choose_RandomWeights_AutoStaysExactAndInt8IsUsedOnRequest()
    {
        _conversion.Choose(_original, ModelPrecision.Auto, ct: Ct).ShouldBe(new(_original, Int8Fault.Missing));
        _conversion.Choose(_original, ModelPrecision.Fp32, ct: Ct).ShouldBe(new(_original, null));

        var made = _conversion.Choose(_original, ModelPrecision.Int8, ct: Ct).Folder;

        made.Manifest.Precision.ShouldBe("int8");
        // Random weights produce only one or two labels over all clips.
        made.Manifest.Certificate!.Labels.ShouldBeLessThan(Int8Certificate.LeastLabels);
        Rewrite(made, Perfect);
        var requested = _conversion.Choose(_original, ModelPrecision.Int8, ct: Ct);
        requested.Folder.Manifest.Precision.ShouldBe("int8");
        requested.Fault.ShouldBe(Int8Fault.NotInformative);
        _conversion.Choose(_original, ModelPrecision.Auto, ct: Ct).ShouldBe(new(_original, Int8Fault.NotInformative));
    }

    [Fact]
    public void Choose_CertifiedHere_AutoTakesInt8()
    {
        var rounded = _conversion.Certify(_original, ct: Ct);
        Rewrite(rounded, certificate =>
        {
            Perfect(certificate);
            certificate["labels"] = 5;
        });

        var choice = _conversion.Choose(_original, ModelPrecision.Auto, ct: Ct);

        choice.Fault.ShouldBeNull();
        choice.Folder.Manifest.Precision.ShouldBe("int8");
        Rewrite(rounded, certificate => certificate["processor"] = "another");
        _conversion.Choose(_original, ModelPrecision.Auto, ct: Ct).ShouldBe(new(_original, Int8Fault.OtherMachine));
        Rewrite(rounded, certificate => certificate["graph_version"] = 0);
        _conversion.Choose(_original, ModelPrecision.Auto, ct: Ct).ShouldBe(new(_original, Int8Fault.Missing));
    }

    [Fact]
    public void Comparison_DamagedWeights_AreRefused()
    {
        var rounded = _conversion.Certify(_original, ct: Ct);
        Damage(rounded);
        using var exact = OnnxEmotionModel.Load(_original, new());
        using var damaged = OnnxEmotionModel.Load(rounded, new());
        var comparison = new Int8Comparison(exact, damaged);
        for (var i = 0; i < 20; i++)
            comparison.Process(CalibrationClips.Synthetic(i), Ct);

        comparison.Certify(0).FaultHere().ShouldBe(Int8Fault.Embeddings);
    }

    [Fact]
    public void Certify_DamagedForm_IsCreatedAgain()
    {
        var rounded = _conversion.Certify(_original, ct: Ct);
        var cosine = rounded.Manifest.Certificate!.Cosine;
        Damage(rounded);

        var again = _conversion.Certify(_original, ct: Ct);

        again.Verify(Ct).ShouldBeEmpty();
        again.Manifest.Certificate!.Cosine.ShouldBe(cosine, 1e-6);
    }

    [Fact]
    public void Certify_OwnRecordings_AreProcessedToo()
    {
        using var folder = new TemporaryFolder();
        File.Copy(Path.Combine(Repository.Golden("emotion2vec"), "audio", "speech.wav"), folder.File("speech.wav"));
        File.WriteAllText(folder.File("notes.txt"), "no recording");

        var certificate = _conversion.Certify(_original, folder.Path, ct: Ct).Manifest.Certificate!;

        certificate.OwnClips.ShouldBe(1);
        certificate.Clips.ShouldBe(CalibrationClips.SyntheticCount + 1);
    }

    [Fact]
    public void Certify_FolderOfOtherFiles_IsAnErrorAndLeavesNothing()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("notes.txt"), "no recording");

        Should.Throw<AudioException>(() => _conversion.Certify(_original, folder.Path, ct: Ct)).Code.ShouldBe("audio.not_found");

        _conversion.Find(_original).ShouldBeNull();
    }

    [Fact]
    public void Certify_Cancelled_LeavesNothing()
    {
        using var stop = new CancellationTokenSource();
        var stopping = new Stages([], value =>
        {
            if (value.Stage == ImportStage.Certifying)
                stop.Cancel();
        });

        Should.Throw<OperationCanceledException>(() => _conversion.Certify(_original, progress: stopping, ct: stop.Token));

        _conversion.Find(_original).ShouldBeNull();
        Directory.EnumerateDirectories(Path.GetDirectoryName(_original.Directory)!).ShouldBe([_original.Directory]);
    }

    public void Dispose() => _home.Dispose();

    private static void Damage(ModelFolder folder)
    {
        var weights = File.ReadAllBytes(folder.PathOf("weights.bin"));
        // Overwrites the integers of every fourth page.
        for (var page = 0; page < weights.Length; page += 4 * 4096)
            weights.AsSpan(page, Math.Min(4096, weights.Length - page)).Fill(0x55);
        File.WriteAllBytes(folder.PathOf("weights.bin"), weights);
    }

    /// <summary>Figures so far from the limits that no processor's rounding can change the verdict.</summary>
    private static void Perfect(JsonNode certificate)
    {
        certificate["agreement"] = 1;
        certificate["cosine"] = 1;
        certificate["score_difference"] = 0;
    }

    private static void Rewrite(ModelFolder folder, Action<JsonNode> change)
    {
        var path = folder.PathOf(ModelManifest.FileName);
        var manifest = JsonNode.Parse(File.ReadAllBytes(path))!;
        change(manifest["certificate"]!);
        File.WriteAllText(path, manifest.ToJsonString());
    }

    private sealed class Stages(List<ImportProgress> seen, Action<ImportProgress>? then = null) : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value)
        {
            seen.Add(value);
            then?.Invoke(value);
        }
    }
}
