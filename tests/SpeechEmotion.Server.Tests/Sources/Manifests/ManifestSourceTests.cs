using System.Text;
using Shouldly;
using SpeechEmotion.Server.Sources;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Sources.Manifests;

public sealed class ManifestSourceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("list.csv", ','), InlineData("list.csv", ';'), InlineData("list.tsv", '\t'), InlineData("list.CSV", '\t')]
    public void Read_Table_GivesPathsAndFurtherColumns(string name, char separator)
    {
        SourceReading.Write(_folder, "语音/一.wav");
        var items = Items(name, $"speaker,path,备注\n张三,语音/一.wav,\"好{separator}的\"\nBob,missing.wav,\n".Replace(',', separator));

        items.Select(item => item.Name).ShouldBe(["语音/一.wav", "missing.wav"]);
        items.Select(item => item.Location).ShouldBe([_folder.File("语音/一.wav"), _folder.File("missing.wav")]);
        items[0].Metadata.ShouldBe(new Dictionary<string, string> { ["speaker"] = "张三", ["备注"] = $"好{separator}的" });
        items[1].Metadata.ShouldBe(new Dictionary<string, string> { ["speaker"] = "Bob", ["备注"] = "" });
        (items[0].Size, items[1].Size, items[1].Modified, items[1].Error).ShouldBe((SourceReading.Wav.Length, null, null, null));
    }

    [Theory]
    [InlineData("path"), InlineData("URL"), InlineData("File"), InlineData("filename"), InlineData("audio"), InlineData(" audio_filepath ")]
    public void Read_AnyNameOfThePathColumn_IsFound(string column) =>
        Items("list.csv", $"id,{column}\n1,a.wav\n").ShouldHaveSingleItem().Name.ShouldBe("a.wav");

    [Fact]
    public void Read_SeveralPathColumns_TakesPathAndKeepsTheOthers()
    {
        var item = Items("list.csv", "url,path,path,\nhttp://x/a.wav,a.wav,b,c\n").ShouldHaveSingleItem();
        item.Name.ShouldBe("a.wav");
        item.Metadata.ShouldBe(
            new Dictionary<string, string> { ["url"] = "http://x/a.wav", ["path_2"] = "b", ["column_4"] = "c" });
    }

    [Theory]
    [InlineData(false, "\n"), InlineData(true, "\n"), InlineData(false, "\r\n"), InlineData(true, "\r\n")]
    public void Read_AnyLineEndAndByteOrderMark_IsTheSame(bool mark, string end)
    {
        var text = string.Join(end, "path,text", "a.wav,hello", "", "b.wav,\"two", "lines\"", ",,", "c.wav,,,");
        var path = _folder.File("list.csv");
        File.WriteAllText(path, text, new UTF8Encoding(mark));

        var items = SourceReading.Read(_folder, path);

        items.Select(item => item.Name).ShouldBe(["a.wav", "b.wav", "c.wav"]);
        items[1].Metadata!["text"].ShouldBe("two\nlines");
        items[2].Metadata!["text"].ShouldBe("");
    }

    [Fact]
    public void Read_Utf16WithByteOrderMark_IsRead()
    {
        var path = _folder.File("list.csv");
        File.WriteAllText(path, "path\tname\n一.wav\t张三\n", Encoding.Unicode);
        SourceReading.Read(_folder, path).ShouldHaveSingleItem().Metadata!["name"].ShouldBe("张三");
    }

    [Theory]
    [InlineData("GBK"), InlineData("GB18030")]
    public void Read_ChineseEncoding_IsDetectedAnywhere(string encoding)
    {
        // The first rows are ASCII, and the text of the last one alone is valid UTF-8 by chance.
        var rows = string.Concat(Enumerable.Range(0, 20_000).Select(i => $"{i}.wav,agent\r\n"));
        var path = SourceReading.Write(
            _folder, "list.csv", Chinese(encoding).GetBytes($"path,name\r\n{rows}录音/一.wav,张三\r\nb.wav,\"你好，李明\"\r\nc.wav,微\r\n"));

        var items = SourceReading.Read(_folder, path);

        items[^3].Name.ShouldBe("录音/一.wav");
        items[^3..].Select(item => item.Metadata!["name"]).ShouldBe(["张三", "你好，李明", "微"]);
    }

    [Fact]
    public void Read_NeitherUtf8NorChinese_KeepsTheReadablePart()
    {
        var path = SourceReading.Write(_folder, "list.csv", Encoding.Latin1.GetBytes("path,name\na.wav,Ren\u00e9\nb.wav,Bob\n"));

        SourceReading.Read(_folder, path).Select(item => item.Metadata!["name"]).ShouldBe(["Ren\uFFFD", "Bob"]);
    }

    [Fact]
    public void Read_ListOtherThanATable_IsUtf8()
    {
        var path = SourceReading.Write(_folder, "wav.scp", Chinese("GBK").GetBytes("录音 a.wav\n"));

        SourceReading.Read(_folder, path).ShouldHaveSingleItem().Metadata!["utterance"].ShouldContain("\uFFFD");
    }

    [Fact]
    public void Read_Quotes_AreTextUnlessTheyEncloseAField()
    {
        var items = Items("list.tsv", "path\ttext\na.wav\t5\" disk\nb.wav\t\"she said \"\"hi\"\"\"\nc.wav\t\"Yes\" he said\"\nd.wav\tx\n");
        items.Select(item => item.Metadata!["text"]).ShouldBe(["5\" disk", "she said \"hi\"", "Yes\" he said", "x"]);
    }

    [Fact]
    public void Read_QuoteThatIsNotClosed_LosesOnlyItsRow()
    {
        var items = Items("list.tsv", "path\ttext\na.wav\t\"Yes he said\nb.wav\tx\nc.wav\ty\n");
        items.Select(item => item.Name).ShouldBe([_folder.File("list.tsv") + ":2", "b.wav", "c.wav"]);
        items[0].Error!.Code.ShouldBe("source.row");

        // The second quote closes the first one, so that both rows together have too many fields.
        items = Items("list.csv", "path,text\na.wav,\"Yes\nb.wav,he\nc.wav,said\",now\nd.wav,x\n");
        items.Select(item => item.Error is null ? item.Name : "error").ShouldBe(["error", "b.wav", "error", "d.wav"]);
    }

    [Fact]
    public void Read_OnlyOpenQuotes_IsRefusedSoon()
    {
        var text = new StringBuilder("path,text\n").Insert(10, "a.wav,\"x\n", 2000).ToString();
        Failure("list.csv", text).Code.ShouldBe("source.manifest");
    }

    [Fact]
    public void Read_BadRows_AreItemsWithErrorsThatNameTheLine()
    {
        var items = Items(
            "list.csv",
            $"path,text\n,empty\na.wav,one,two\nb.wav,{new string('x', 4097)}\n{new string('p', 4097)},x\nn\0.wav,x\n"
            + $"{new string('y', (1 << 20) + 1)}\nlast.wav,fine\n");

        items[..^1].Select(item => item.Error!.Code).Distinct().ShouldBe(["source.row"]);
        items[..^1].Select(item => item.Name)
            .ShouldBe(Enumerable.Range(2, 6).Select(line => $"{_folder.File("list.csv")}:{line}").ToArray());
        for (var i = 0; i < items.Length - 1; i++)
        {
            items[i].Error!.Message.ShouldContain($"line {i + 2}");
            items[i].Error!.MessageZh.ShouldContain($"第 {i + 2} 行");
            items[i].Location.ShouldBe(_folder.File("list.csv"));
        }
        items[^1].Name.ShouldBe("last.wav");
    }

    [Theory]
    [InlineData(""), InlineData("name,age\na.wav,1\n"), InlineData("a.wav\nb.wav\n"), InlineData("\"path,x\na.wav,b\n")]
    public void Read_NoUsableHeader_IsRefused(string text) => Failure("list.csv", text).Code.ShouldBe("source.manifest");

    [Fact]
    public void Read_TooManyColumns_IsRefused() =>
        Failure("list.csv", "path," + string.Join(',', Enumerable.Range(0, 200)) + "\n").Code.ShouldBe("source.manifest");

    [Fact]
    public void Read_JsonLines_GiveScalarsAndNestedValuesAsText()
    {
        var items = Items(
            "list.jsonl",
            """
            {"audio_filepath": "a.wav", "duration": 1.50, "ok": true, "none": null, "tags": ["x", {"y": 1}], "": "空"}

            {"path": "语音.wav"}
            """);

        items.Select(item => item.Name).ShouldBe(["a.wav", "语音.wav"]);
        items[0].Metadata.ShouldBe(new Dictionary<string, string>
        {
            ["duration"] = "1.50",
            ["ok"] = "true",
            ["tags"] = """["x", {"y": 1}]""",
            ["column_5"] = "空",
        });
        items[1].Metadata.ShouldBeNull();
    }

    [Theory]
    [InlineData("{"), InlineData("[1]"), InlineData("{\"text\": \"x\"}"), InlineData("{\"path\": \"\"}"), InlineData("a.wav")]
    [InlineData("{\"path\": \"a\\ud800.wav\"}")]
    public void Read_BadJson_IsAnItemWithAnError(string line)
    {
        var items = Items("list.ndjson", $"{line}\n{{\"path\": \"b.wav\"}}\n");
        items[0].Error!.Code.ShouldBe("source.row");
        items[1].Name.ShouldBe("b.wav");
    }

    [Fact]
    public void Read_JsonObjectWithTooManyValues_IsAnItemWithAnError()
    {
        var values = string.Join(',', Enumerable.Range(0, 200).Select(i => $"\"k{i}\": 1"));
        Items("list.jsonl", $"{{\"path\": \"a.wav\", {values}}}").ShouldHaveSingleItem().Error!.Code.ShouldBe("source.row");
    }

    [Fact]
    public void Read_WavScp_GivesUtterancesAndRunsNoCommand()
    {
        var ran = _folder.File("ran");
        var items = Items("wav.scp", $"u1 a b.wav\nu2\t/data/c.wav\nu3 touch {ran} |\nu4 wav.ark:1234\nu5 -\nu6\nu7 x.ark:12[0:10]\n");

        items.Take(2).Select(item => (item.Name, item.Location, item.Metadata!["utterance"], item.Error)).ShouldBe(
            [("a b.wav", _folder.File("a b.wav"), "u1", null), ("/data/c.wav", "/data/c.wav", "u2", null)]);
        items.Skip(2).Select(item => item.Error!.Code).ShouldBe(
            ["source.pipe", "source.offset", "source.row", "source.row", "source.offset"]);
        items[2].Metadata!["utterance"].ShouldBe("u3");
        File.Exists(ran).ShouldBeFalse();
    }

    [Fact]
    public void Read_Addresses_NeedPermission()
    {
        const string text = "url,id\nhttp://host/a.wav,1\nHTTPS://host/b,2\ns3://bucket/c.wav,3\nfile:///etc/passwd,4\nhttp://,5\n";

        Items("list.csv", text).Select(item => item.Error?.Code).ShouldBe(
            ["source.url_not_allowed", "source.url_not_allowed", "source.url", "source.url", "source.url"]);
        var allowed = SourceReading.Read(SourceReading.Options(_folder) with { AllowUrls = true }, _folder.File("list.csv"));

        allowed.Select(item => item.Error?.Code).ShouldBe([null, null, "source.url", "source.url", "source.url"]);
        allowed[0].ShouldBe(new SourceItem("http://host/a.wav", "http://host/a.wav") { Metadata = allowed[0].Metadata });
        allowed[0].Metadata!["id"].ShouldBe("1");
    }

    [Fact]
    public void ReadList_Lines_ArePathsOrJson()
    {
        var items = List("a.wav\r\n\n 语 音.wav\nhttp://host/x\n{\"path\": \"b.wav\", \"id\": 1}\n{x}.wav\n{\"path\": 1");

        items.Select(item => item.Name).ShouldBe(["a.wav", " 语 音.wav", "http://host/x", "b.wav", "{x}.wav", "-:7"]);
        items[0].Location.ShouldBe(Path.GetFullPath("a.wav"));
        items[3].Metadata!["id"].ShouldBe("1");
        items.Select(item => item.Error?.Code).ShouldBe([null, null, "source.url_not_allowed", null, null, "source.row"]);
    }

    [Fact]
    public void ReadList_WithNuls_MayContainLineFeeds() =>
        List("a.wav\0two\nlines.wav\0").Select(item => item.Name).ShouldBe(["a.wav", "two\nlines.wav"]);

    [Fact]
    public void ReadList_NothingOrOneLine_IsRead()
    {
        List("").ShouldBeEmpty();
        List("a.wav").ShouldHaveSingleItem().Name.ShouldBe("a.wav");
        SourceReading.Read(_folder, "-").ShouldBeEmpty();
    }

    private SourceItem[] Items(string name, string text) =>
        SourceReading.Read(_folder, SourceReading.Write(_folder, name, Encoding.UTF8.GetBytes(text)));

    private SourceItem[] List(string text) => SourceReading.Read(
        SourceReading.Options(_folder) with { StandardInput = new MemoryStream(Encoding.UTF8.GetBytes(text)) }, "-");

    private static Encoding Chinese(string name) => CodePagesEncodingProvider.Instance.GetEncoding(name)!;

    private SourceException Failure(string name, string text) => Should.Throw<SourceException>(() => Items(name, text));
}
