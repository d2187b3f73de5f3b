using Shouldly;
using SpeechEmotion.Server.Sources;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Sources;

public sealed class MetadataTableTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Join_FullOrRelativePath_AddsTheColumns()
    {
        var table = Table("meta.csv", $"path,id\n{_folder.File("x/a.wav")},1\ny/a.wav,2\nunused.wav,3\n");

        Id(table, new(_folder.File("x/a.wav"), _folder.File("x/a.wav"))).ShouldBe("1");
        Id(table, new("shown", _folder.File("y/a.wav"))).ShouldBe("2");
        (table.Rows, table.Matched, table.BadRows).ShouldBe((3, 2, 0));
    }

    [Fact]
    public void Join_EndOfThePath_IsEnoughIfItIsUnique()
    {
        var table = Table("meta.csv", "path,id\n/other/spk1/a.wav,1\nD:\\data\\spk2\\a.wav,2\n/other/b.wav,3\nc.wav,4\nc.wav,5\n");

        Id(table, At("/data/spk1/a.wav")).ShouldBe("1");
        Id(table, At("/data/spk2/a.wav")).ShouldBe("2");
        Id(table, At("/data/spk3/a.wav")).ShouldBeNull();
        Id(table, At("/data/b.wav")).ShouldBe("3");
        Id(table, At("/data/c.wav")).ShouldBeNull();
        (table.Rows, table.Matched).ShouldBe((5, 3));
    }

    [Fact]
    public void Join_OnlyTheFileNameInCommon_IsForOneRecording()
    {
        var table = Table("meta.csv", "path,id\nspk1/a.wav,1\nb.wav,2\n");

        Id(table, At("/data/spk1/a.wav")).ShouldBe("1");
        Id(table, At("/data/spk2/a.wav")).ShouldBeNull();
        // A row that is a file name only is for all files of the name, such as the channels of one utterance.
        Id(table, At("/near/b.wav")).ShouldBe("2");
        Id(table, At("/far/b.wav")).ShouldBe("2");
        table.Matched.ShouldBe(2);
    }

    [Fact]
    public void Join_RecordingInAnArchive_IsFoundByItsName()
    {
        var table = Table("meta.jsonl", "{\"path\": \"a.zip/in/x.wav\", \"id\": 7}\n{\"path\": \"http://host/y.wav\", \"id\": 8}\n");

        Id(table, new(_folder.File("a.zip/in/x.wav"), "/cache/00000000.wav")).ShouldBe("7");
        Id(table, new("http://host/y.wav", "http://host/y.wav")).ShouldBe("8");
        Id(table, new("http://host/x.wav", "http://host/x.wav")).ShouldBeNull();
    }

    [Fact]
    public void Join_ColumnOfTheItem_KeepsItsValue()
    {
        var table = Table("meta.tsv", "path\tid\tage\na.wav\t1\t30\n");
        var item = At("/data/a.wav") with { Metadata = new Dictionary<string, string> { ["id"] = "own" } };

        table.Join(item).Metadata.ShouldBe(new Dictionary<string, string> { ["id"] = "own", ["age"] = "30" });
    }

    [Fact]
    public void Read_BadRows_AreCounted()
    {
        var table = Table("meta.csv", "path,id\n,1\na.wav,2,3\nb.wav,4\n");
        (table.Rows, table.BadRows).ShouldBe((1, 2));
        table.FirstError!.Message.ShouldContain("line 2");
    }

    [Fact]
    public void Read_MissingOrTooLargeFile_IsRefused()
    {
        Should.Throw<SourceException>(() => MetadataTable.Read(_folder.File("missing.csv"))).Code.ShouldBe("source.not_found");
        Should.Throw<SourceException>(() => MetadataTable.Read(_folder.Path)).Code.ShouldBe("source.not_found");
        using (var file = File.Create(_folder.File("large.csv")))
            file.SetLength((512L << 20) + 1);
        Should.Throw<SourceException>(() => MetadataTable.Read(_folder.File("large.csv"))).Code.ShouldBe("source.metadata_too_large");
    }

    private MetadataTable Table(string name, string text)
    {
        File.WriteAllText(_folder.File(name), text);
        return MetadataTable.Read(_folder.File(name), TestContext.Current.CancellationToken);
    }

    private static SourceItem At(string path) => new(path, path);

    private static string? Id(MetadataTable table, SourceItem item) => table.Join(item).Metadata?["id"];
}
