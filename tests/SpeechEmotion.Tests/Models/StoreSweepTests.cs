using Shouldly;
using SpeechEmotion.Inference;
using SpeechEmotion.Models;
using SpeechEmotion.Quantization;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Tests.Models;

public sealed class StoreSweepTests : IDisposable
{
    private readonly TemporaryFolder _home = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private ModelStore Store => new(_home.Path);

    private StoreSweep Sweep => new(Store, Int8Conversion.GraphVersion);

    [Fact]
    public void Find_EmptyStore_IsEmpty() => Sweep.Find().ShouldBeEmpty();

    [Fact]
    public void Find_OneModel_IsEmpty()
    {
        Store.Import(Copy("m"), ct: Ct);

        Sweep.Find().ShouldBeEmpty();
    }

    [Fact]
    public void Remove_OldVersion_LeavesTheNewOne()
    {
        var folder = Copy("m");
        var first = Store.Import(folder, ct: Ct);
        File.AppendAllText(Path.Combine(folder, "config.yaml"), "\n# changed\n");
        var second = Store.Import(folder, ct: Ct);
        Directory.SetLastWriteTimeUtc(second.Directory, DateTime.UtcNow.AddSeconds(5));

        var old = Sweep.Find().ShouldHaveSingleItem();
        StoreSweep.Remove(old);

        old.Kind.ShouldBe(LeftoverKind.OldVersion);
        old.Directory.ShouldBe(first.Directory);
        old.Size.ShouldBeGreaterThan(first.Manifest.Files.Sum(file => file.Size));
        Store.List().ShouldHaveSingleItem().Directory.ShouldBe(second.Directory);
        Directory.EnumerateDirectories(Path.GetDirectoryName(first.Directory)!).ShouldBe([second.Directory]);
    }

    [Fact]
    public void Remove_WhileAModelIsLoaded_ItKeepsAnswering()
    {
        var imported = Store.Import(Copy("m"), ct: Ct);
        using var model = OnnxEmotionModel.Load(imported, new() { MapWeights = true });
        var before = model.Run(new float[16000], Ct).Logits.ToArray();

        Store.Remove("m").ShouldBeTrue();

        Store.List().ShouldBeEmpty();
        model.Run(new float[16000], Ct).Logits.ToArray().ShouldBe(before);
    }

    [Fact]
    public void Find_DamagedModel_IsALeftover()
    {
        var imported = Store.Import(Copy("m"), ct: Ct);
        File.WriteAllText(Path.Combine(imported.Directory, "model.json"), "{");

        Sweep.Find().ShouldHaveSingleItem().Kind.ShouldBe(LeftoverKind.Damaged);
    }

    [Fact]
    public void Find_Int8FormOfAnOlderProgram_IsALeftover()
    {
        var imported = Store.Import(Copy("m"), ct: Ct);
        var rounded = Path.Combine(imported.Directory, "int8");
        Directory.CreateDirectory(rounded);
        File.WriteAllText(Path.Combine(rounded, "weights.bin"), "x");

        Sweep.Find().ShouldHaveSingleItem().Kind.ShouldBe(LeftoverKind.OldInt8);
        new Int8Conversion(Store).Find(imported).ShouldBeNull();
    }

    [Fact]
    public void Find_Download_IsALeftoverUnlessActive()
    {
        var download = Store.DownloadDirectoryOf("m", partial: false);
        Directory.CreateDirectory(download);
        using (ModelStore.TryHold(download))
        {
            Sweep.Find().ShouldBeEmpty();
            Store.Remove("m").ShouldBeFalse();
        }
        var leftover = Sweep.Find().ShouldHaveSingleItem();
        leftover.Kind.ShouldBe(LeftoverKind.Download);
        // Another process resumes the download before it is removed.
        using (ModelStore.TryHold(download))
            StoreSweep.Remove(leftover).ShouldBeFalse();
        Directory.Exists(download).ShouldBeTrue();

        Store.Remove("m").ShouldBeTrue();
        Directory.Exists(download).ShouldBeFalse();
    }

    [Fact]
    public void Find_KilledImport_IsALeftoverAfterAWhile()
    {
        var partial = _home.File("models/m/.partial-0123");
        Directory.CreateDirectory(partial);
        Sweep.Find().ShouldBeEmpty();

        Directory.SetLastWriteTimeUtc(partial, DateTime.UtcNow.AddDays(-2));

        Sweep.Find().ShouldHaveSingleItem().Kind.ShouldBe(LeftoverKind.Unfinished);
    }

    public void Dispose() => _home.Dispose();

    private string Copy(string name)
    {
        var folder = Directory.CreateDirectory(_home.File(name)).FullName;
        foreach (var file in Directory.GetFiles(Path.Combine(Repository.Golden("emotion2vec"), "models", "tiny-f16")))
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        return folder;
    }
}
