using Shouldly;
using SpeechEmotion.Options;
using SpeechEmotion.Server.Sources;
using SpeechEmotion.Server.Storage.Batches;
using SpeechEmotion.Server.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Storage.Batches;

public sealed class BatchFoldersTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task DeleteFilesExcept_OpenBatch_DeletesWhatACrashLeft()
    {
        await using var database = await BatchDatabase.CreateAsync();
        var name = database.Folders.Create();
        string[] files = ["recording", "archive", "table.csv", "left"];
        foreach (var file in files)
            File.WriteAllText(Path.Combine(database.Folders.PathOf(name), file), "");
        Directory.CreateDirectory(database.Folders.UnpackedOf(name));
        await database.Intake.CreateAsync(
            new()
            {
                Name = "batch",
                Options = new BatchOptions(),
                Open = true,
                Folder = name,
                Metadata = "table.csv",
                // The output folder was elsewhere.
                Recordings = [new SourceItem("a.wav", "/elsewhere/recording")],
                Sources = [new NewSource("b.zip", Path.Combine(database.Folders.PathOf(name), "archive"), "digest")],
            },
            Ct);

        var open = (await database.Batches.ListOpenAsync(Ct)).ShouldHaveSingleItem();
        await database.Folders.DeleteFilesExceptAsync(name, await database.Sources.ListFilesAsync(open, Ct), Ct);

        Directory.GetFileSystemEntries(database.Folders.PathOf(name)).Select(Path.GetFileName).Order()
            .ShouldBe(["archive", "recording", "table.csv", "unpacked"]);
    }
}
