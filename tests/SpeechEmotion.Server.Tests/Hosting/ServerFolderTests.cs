using Shouldly;
using SpeechEmotion.Server.Hosting;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Settings;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Hosting;

public sealed class ServerFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Program_OfTheSameFolder_StaysUntilTheFolderIsCopied()
    {
        var name = NameOf("first");

        NameOf("first").ShouldBe(name);
        Directory.CreateDirectory(_folder.File("copy/.ser"));
        File.Copy(_folder.File("first/.ser/program"), _folder.File("copy/.ser/program"));
        NameOf("copy").ShouldNotBe(name);
        NameOf("first").ShouldBe(name);
    }

    [Theory]
    [InlineData("")]
    [InlineData("../../etc\nfirst")]
    public void Program_FileDamaged_IsReplaced(string text)
    {
        Directory.CreateDirectory(_folder.File("first/.ser"));
        File.WriteAllText(_folder.File("first/.ser/program"), text);

        var name = NameOf("first");

        Guid.TryParseExact(name, "N", out _).ShouldBeTrue();
        NameOf("first").ShouldBe(name);
    }

    [Theory]
    [InlineData("outputs_20240104_223005")]
    [InlineData(".ser/uploads/0011")]
    [InlineData(".ser/batches/0011")]
    public void Start_WithAnotherFolderForFiles_RequiresThatTheyWereMoved(string left)
    {
        Directory.CreateDirectory(Path.Combine(_folder.File("first"), left));

        var error = Should.Throw<RequestException>(() => NameOf("first", _folder.File("files")));

        error.Code.ShouldBe("server.files_not_moved");
        Directory.Move(Path.Combine(_folder.File("first"), left), _folder.File("moved"));
        NameOf("first", _folder.File("files")).ShouldNotBeEmpty();
    }

    public void Dispose() => _folder.Dispose();

    private string NameOf(string folder, string? files = null)
    {
        using var server = new ServerFolder(
            Microsoft.Extensions.Options.Options.Create(new ServerOptions { Output = _folder.File(folder), Files = files }));
        return server.Program;
    }
}
