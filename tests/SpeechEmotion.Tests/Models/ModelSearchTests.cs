using Shouldly;
using SpeechEmotion.Errors;
using SpeechEmotion.Models;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Tests.Models;

public sealed class ModelSearchTests : IDisposable
{
    private const string Large = "emotion2vec_plus_large";

    private readonly TemporaryFolder _home = new();
    private readonly Dictionary<string, string> _environment = [];

    private ModelSearch Search => new(
        new ModelStore(_home.File("store")), _environment.GetValueOrDefault, _home.Path, AppContext.BaseDirectory);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void Resolve_NothingElseHere_IsTheCompactModel() => Search.Resolve(null, ct: Ct).Manifest.Id.ShouldBe("compact");

    [Theory]
    [InlineData(".cache/modelscope/hub/iic/emotion2vec_plus_large")]
    [InlineData(".cache/modelscope/hub/models/iic/emotion2vec_plus_large")]
    [InlineData(".cache/huggingface/hub/models--emotion2vec--emotion2vec_plus_large/snapshots/0a1b2c")]
    public void Resolve_LargeModelInACache_IsImportedAndUsed(string place)
    {
        Lay(place);

        var resolved = Search.Resolve(null, ct: Ct);

        resolved.Manifest.Id.ShouldBe(Large);
        Search.List().ShouldContain(model => model.Id == Large && model.Place == ModelPlace.Store);
    }

    [Theory]
    [InlineData("MODELSCOPE_CACHE", "iic/emotion2vec_plus_large")]
    [InlineData("MODELSCOPE_CACHE", "hub/models/iic/emotion2vec_plus_large")]
    [InlineData("HF_HOME", "hub/models--emotion2vec--emotion2vec_plus_large/snapshots/0a1b2c")]
    public void Resolve_CacheMovedByEnvironment_IsFollowed(string variable, string place)
    {
        _environment[variable] = _home.File("elsewhere");
        Lay(Path.Combine("elsewhere", place));

        Search.Resolve(null, ct: Ct).Manifest.Id.ShouldBe(Large);
    }

    [Fact]
    public void Resolve_SerModelNamesAFolder_IsUsed()
    {
        _environment["SER_MODEL"] = Lay("mine/special");

        Search.Resolve(null, ct: Ct).Manifest.Id.ShouldBe("special");
    }

    [Fact]
    public void Resolve_SerModelNamesAModel_IsUsed()
    {
        Lay($".cache/modelscope/hub/iic/{Large}");
        _environment["SER_MODEL"] = "compact";

        Search.Resolve(null, ct: Ct).Manifest.Id.ShouldBe("compact");
    }

    [Fact]
    public void Resolve_SnapshotGivenAsDirectory_IsNamedAfterItsModel()
    {
        var snapshot = Lay("hf/hub/models--emotion2vec--emotion2vec_plus_base/snapshots/0a1b2c");

        Search.Resolve(null, snapshot, ct: Ct).Manifest.Id.ShouldBe("emotion2vec_plus_base");
    }

    [Fact]
    public void Resolve_RepositoryName_IsAccepted()
    {
        Lay($".cache/modelscope/hub/iic/{Large}");

        Search.Resolve($"iic/{Large}", ct: Ct).Manifest.Id.ShouldBe(Large);
    }

    [Fact]
    public void Resolve_CheckpointDownloadedAgain_IsImportedAgain()
    {
        var folder = Lay($".cache/modelscope/hub/iic/{Large}");
        var before = Search.Resolve(Large, ct: Ct).Manifest.Hash;
        File.Copy(
            Path.Combine(Repository.Golden("emotion2vec"), "models", "tiny-flat", "model.pt"), Path.Combine(folder, "model.pt"), true);
        File.Copy(
            Path.Combine(Repository.Golden("emotion2vec"), "models", "tiny-flat", "config.yaml"),
            Path.Combine(folder, "config.yaml"),
            true);
        File.Copy(
            Path.Combine(Repository.Golden("emotion2vec"), "models", "tiny-flat", "tokens.txt"), Path.Combine(folder, "tokens.txt"), true);

        Search.Resolve(Large, ct: Ct).Manifest.Hash.ShouldNotBe(before);
    }

    [Fact]
    public void Resolve_SourceDeletedAfterImport_StillAnswers()
    {
        var folder = Lay($".cache/modelscope/hub/iic/{Large}");
        var before = Search.Resolve(Large, ct: Ct).Manifest.Hash;
        Directory.Delete(folder, recursive: true);

        Search.Resolve(null, ct: Ct).Manifest.Hash.ShouldBe(before);
    }

    [Fact]
    public void Resolve_DownloadBrokenOff_LeavesTheCompactModel()
    {
        var folder = Lay($".cache/modelscope/hub/iic/{Large}");
        File.Delete(Path.Combine(folder, "model.pt"));

        Search.Resolve(null, ct: Ct).Manifest.Id.ShouldBe("compact");
    }

    [Fact]
    public void Resolve_NewSnapshot_IsImportedAgain()
    {
        const string Snapshots = ".cache/huggingface/hub/models--emotion2vec--emotion2vec_plus_large/snapshots";
        Lay($"{Snapshots}/first");
        var before = Search.Resolve(Large, ct: Ct).Manifest;
        var second = Lay($"{Snapshots}/second");
        File.AppendAllText(Path.Combine(second, "config.yaml"), "\n# another revision\n");
        Directory.SetLastWriteTimeUtc(second, DateTime.UtcNow.AddMinutes(1));

        var after = Search.Resolve(Large, ct: Ct).Manifest;

        before.Source!.Directory.ShouldNotBe(second);
        after.Source!.Directory.ShouldBe(second);
    }

    [Fact]
    public void List_DamagedModelInTheStore_DoesNotHideTheOthers()
    {
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(_home.File("store/models/foo/0123")).FullName, "model.json"), "{}");

        Search.List().Select(model => model.Id).ShouldBe(["compact"]);
    }

    [Fact]
    public void Resolve_UnknownName_ListsTheInstalledModels()
    {
        var error = Should.Throw<ModelException>(() => Search.Resolve("emotion2vec_plus_seed", ct: Ct));

        error.Code.ShouldBe("model.not_found");
        error.Message.ShouldContain("compact");
        error.Message.ShouldContain("ser models pull emotion2vec_plus_seed");
    }

    [Fact]
    public void Resolve_FolderWithoutModel_ReportsIt() =>
        Should.Throw<ModelException>(() => Search.Resolve(null, _home.Path, ct: Ct)).Code.ShouldBe("model.not_found");

    public void Dispose() => _home.Dispose();

    private string Lay(string place)
    {
        var folder = Directory.CreateDirectory(_home.File(place)).FullName;
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Repository.Golden("emotion2vec"), "models", "tiny-f16")))
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        return folder;
    }
}
