using Shouldly;
using SpeechEmotion.Errors;
using SpeechEmotion.Models;
using SpeechEmotion.Results;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Tests.Models;

public sealed class ModelStoreTests : IDisposable
{
    private readonly TemporaryFolder _home = new();

    private ModelStore Store => new(_home.Path);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void Import_FunAsrFolder_IsNamedAfterItAndNotAfterTheHub()
    {
        var imported = Store.Import(Copy("my_model"), ct: Ct);

        imported.Manifest.Id.ShouldBe("my_model");
        Store.Find("my_model")!.Directory.ShouldBe(imported.Directory);
        imported.Verify(Ct).ShouldBeEmpty();
        Path.GetFileName(imported.Directory).ShouldStartWith(imported.Manifest.Hash + "-");
        imported.Manifest.Check.ShouldBe(ModelCheck.None);
    }

    [Fact]
    public void Import_Twice_ReadsTheCheckpointOnce()
    {
        var folder = Copy("m");
        var first = Store.Import(folder, ct: Ct);
        var written = Directory.GetLastWriteTimeUtc(first.Directory);
        var stages = new Stages();

        var second = Store.Import(folder, progress: stages, ct: Ct);

        stages.Seen.ShouldBeEmpty();
        second.Directory.ShouldBe(first.Directory);
        Directory.GetLastWriteTimeUtc(second.Directory).ShouldBe(written);
    }

    [Fact]
    public void Import_ChangedTokens_MakesAnotherModel()
    {
        var folder = Copy("m");
        var first = Store.Import(folder, ct: Ct);
        File.WriteAllText(
            Path.Combine(folder, "tokens.txt"), File.ReadAllText(Path.Combine(folder, "tokens.txt")).Replace("happy", "glad"));

        var second = Store.Import(folder, ct: Ct);

        second.Directory.ShouldNotBe(first.Directory);
        second.Manifest.Hash.ShouldBe(first.Manifest.Hash); // The weights are the same.
        second.Manifest.Labels!.ShouldContain(label => label.Contains("glad"));
    }

    [Fact]
    public void Import_Progress_RunsThroughTheStagesToOne()
    {
        var stages = new Stages();

        Store.Import(Copy("m"), progress: stages, ct: Ct);

        stages.Seen.Select(step => step.Stage).Distinct().ShouldBe(
            [ImportStage.Hashing, ImportStage.Converting, ImportStage.Checking, ImportStage.Done]);
        stages.Seen.Select(step => step.Fraction).ShouldBeInOrder();
        stages.Seen[^1].Fraction.ShouldBe(1);
    }

    [Fact]
    public void Import_Cancelled_LeavesNothingBehind()
    {
        using var cancel = new CancellationTokenSource();
        var progress = new Stages { OnConverting = cancel.Cancel };

        Should.Throw<OperationCanceledException>(() => Store.Import(Copy("m"), progress: progress, ct: cancel.Token));

        Directory.EnumerateFileSystemEntries(Path.Combine(_home.Path, "models", "m")).ShouldBeEmpty();
        Store.List().ShouldBeEmpty();
    }

    [Fact]
    public void Import_MissingTensor_NamesItAndLeavesNothingBehind()
    {
        var folder = Copy("m");
        var config = Path.Combine(folder, "config.yaml");
        // One block more than the checkpoint has: the reference would use random weights for it.
        File.WriteAllText(config, File.ReadAllText(config).Replace("\n  depth: 2", "\n  depth: 3"));

        var error = Should.Throw<CheckpointException>(() => Store.Import(folder, ct: Ct));

        error.Code.ShouldBe("checkpoint.missing_tensor");
        error.Message.ShouldContain("blocks.2.");
        Store.List().ShouldBeEmpty();
    }

    [Fact]
    public async Task Import_ManyAtOnce_AllEndWithTheSameModel()
    {
        var folder = Copy("m");

        var imported = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Store.Import(folder, ct: Ct), Ct)));

        imported.Select(model => model.Directory).Distinct().Count().ShouldBe(1);
        Store.Find("m")!.Verify(Ct).ShouldBeEmpty();
    }

    [Fact]
    public void Import_StoreNotWritable_ReportsIt()
    {
        File.WriteAllText(_home.File("models"), "a file where the folder should be");

        Should.Throw<ModelException>(() => Store.Import(Copy("m"), ct: Ct)).Code.ShouldBe("model.store_not_writable");
    }

    [Fact]
    public void Verify_DamagedWeights_AreNamed()
    {
        var model = Store.Import(Copy("m"), ct: Ct);
        using (var weights = File.OpenWrite(model.PathOf("weights.bin")))
            weights.WriteByte(0xff);

        model.Verify(Ct).Select(file => file.Name).ShouldBe(["weights.bin"]);
    }

    [Fact]
    public void Remove_ImportedModel_DeletesIt()
    {
        Store.Import(Copy("m"), ct: Ct);

        Store.Remove("m").ShouldBeTrue();

        Store.Find("m").ShouldBeNull();
        Store.Remove("m").ShouldBeFalse();
    }

    [Fact]
    public void Remove_NameThatLeadsOut_StaysInTheStore()
    {
        var outside = Directory.CreateDirectory(_home.File("precious")).FullName;

        Store.Remove("../precious").ShouldBeFalse();
        Store.Remove("..").ShouldBeFalse();

        Directory.Exists(outside).ShouldBeTrue();
    }

    public void Dispose() => _home.Dispose();

    private string Copy(string name)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_home.Path, "source", name)).FullName;
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Repository.Golden("emotion2vec"), "models", "tiny-f16")))
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)), overwrite: true);
        return folder;
    }

    private sealed class Stages : IProgress<ImportProgress>
    {
        public List<ImportProgress> Seen { get; } = [];

        public Action? OnConverting { get; init; }

        public void Report(ImportProgress value)
        {
            Seen.Add(value);
            if (value.Stage == ImportStage.Converting)
                OnConverting?.Invoke();
        }
    }
}
