using Shouldly;
using SpeechEmotion.Checkpoints.Emotion2vec;
using SpeechEmotion.Checkpoints.Torch;
using SpeechEmotion.Errors;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Tests.Checkpoints.Emotion2vec;

public sealed class FunAsrFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public FunAsrFolderTests()
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Repository.Golden("emotion2vec"), "models", "tiny-flat")))
            File.Copy(file, _folder.File(Path.GetFileName(file)));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Open_Folder_FindsItsFiles()
    {
        var folder = FunAsrFolder.Open(_folder.Path);

        folder.Directory.ShouldBe(_folder.Path);
        folder.CheckpointPath.ShouldBe(_folder.File("model.pt"));
        folder.ConfigPath.ShouldBe(_folder.File("config.yaml"));
        folder.TokensPath.ShouldBe(_folder.File("tokens.txt"));
        folder.Tokens.ShouldBe(["angry", "unuse_0", "unuse_1", "happy", "neutral", "unuse_2", "sad", "surprised", "<unk>"]);
        folder.Config.ScopeMap.ShouldBeEmpty();
        FunAsrFolder.LooksLikeOne(_folder.Path).ShouldBeTrue();
    }

    [Fact]
    public void Open_NoTokenizer_HasNoTokens()
    {
        var folder = FunAsrFolder.Open(Path.Combine(Repository.Golden("emotion2vec"), "models", "tiny-base"));

        folder.Tokens.ShouldBeNull();
        folder.TokensPath.ShouldBeNull();
        folder.Config.HasHead.ShouldBeFalse();
    }

    [Fact]
    public void Open_WithoutConfiguration_TakesTheUsualNamesAndJsonTokensFirst()
    {
        File.Delete(_folder.File("configuration.json"));
        File.WriteAllText(_folder.File("tokens.json"), """["生气/angry", "<unk>"]""");

        var folder = FunAsrFolder.Open(_folder.Path);

        folder.CheckpointPath.ShouldBe(_folder.File("model.pt"));
        folder.Tokens.ShouldBe(["生气/angry", "<unk>"]);
    }

    [Fact]
    public void Open_LinkedFiles_AreFollowed()
    {
        using var blobs = new TemporaryFolder();
        File.Move(_folder.File("model.pt"), blobs.File("4d7a"));
        File.CreateSymbolicLink(_folder.File("model.pt"), blobs.File("4d7a"));

        using var checkpoint = TorchCheckpoint.Open(FunAsrFolder.Open(_folder.Path).CheckpointPath);

        checkpoint.Tensors.Count.ShouldBe(95);
    }

    [Theory]
    [InlineData("../model.pt")]
    [InlineData("sub/../../model.pt")]
    [InlineData("..\\model.pt")]
    [InlineData("/etc/passwd")]
    [InlineData("C:model.pt")]
    [InlineData("")]
    public void Open_PathOutOfTheFolder_IsBadConfig(string path)
    {
        Configure("model.pt", System.Text.Json.JsonEncodedText.Encode(path).ToString());

        Fails("checkpoint.bad_config").Message.ShouldContain("configuration.json");
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("{\"file_path_metas\": ")]
    [InlineData("{\"file_path_metas\": {\"init_param\": \"\\ud800\"}}")]
    public void Open_MalformedConfiguration_IsBadConfig(string text)
    {
        File.WriteAllText(_folder.File("configuration.json"), text);

        Fails("checkpoint.bad_config").Message.ShouldContain("configuration.json");
    }

    [Fact]
    public void Open_DeeplyNestedConfiguration_IsBadConfig()
    {
        File.WriteAllText(_folder.File("configuration.json"), new string('[', 500_000));

        Fails("checkpoint.bad_config");
    }

    [Theory]
    [InlineData("model.pt")]
    [InlineData("config.yaml")]
    [InlineData("tokens.txt")]
    public void Open_MissingFile_IsNotFoundAndNamed(string name)
    {
        File.Delete(_folder.File(name));

        Fails("checkpoint.not_found").Message.ShouldContain(name);
    }

    [Fact]
    public void Open_NoFolder_IsNotFound()
    {
        var failure = Should.Throw<CheckpointException>(() => FunAsrFolder.Open(_folder.File("nowhere")));

        failure.Code.ShouldBe("checkpoint.not_found");
        FunAsrFolder.LooksLikeOne(_folder.File("nowhere")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("a\nb\n<unk>", 3)]
    [InlineData("a\r\nb \t\r\n<unk>\r\n", 3)]
    [InlineData("a\n\n<unk>\n", 3)]
    [InlineData("a\n<unk>\n\n", 3)]
    public void Open_TokenLines_AreReadAsPythonReadsThem(string text, int count)
    {
        File.WriteAllText(_folder.File("tokens.txt"), text);

        var tokens = FunAsrFolder.Open(_folder.Path).Tokens!;

        tokens.Count.ShouldBe(count);
        tokens[0].ShouldBe("a");
    }

    [Theory]
    [InlineData("", "<unk>")]
    [InlineData("a\nb", "<unk>")]
    [InlineData("a\na\n<unk>", "'a'")]
    [InlineData("\n\n<unk>", "''")]
    public void Open_BadTokens_AreRefused(string text, string named)
    {
        File.WriteAllText(_folder.File("tokens.txt"), text);

        Fails("checkpoint.bad_tokens").Message.ShouldContain(named);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[1, \"<unk>\"]")]
    [InlineData("[\"<unk>\"")]
    public void Open_BadJsonTokens_AreRefused(string text)
    {
        File.Delete(_folder.File("configuration.json"));
        File.WriteAllText(_folder.File("tokens.json"), text);

        Fails("checkpoint.bad_tokens").Message.ShouldContain("tokens.json");
    }

    private CheckpointException Fails(string code)
    {
        var failure = Should.Throw<CheckpointException>(() => FunAsrFolder.Open(_folder.Path));
        failure.Code.ShouldBe(code);
        failure.Message.ShouldContain(_folder.Path);
        return failure;
    }

    private void Configure(string old, string changed)
    {
        var path = _folder.File("configuration.json");
        File.WriteAllText(path, File.ReadAllText(path).Replace(old, changed));
    }
}
