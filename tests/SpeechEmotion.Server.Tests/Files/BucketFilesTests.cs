using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using SpeechEmotion.Server.Files;
using SpeechEmotion.Server.Hosting;
using SpeechEmotion.Server.Settings;
using SpeechEmotion.Server.Tests.Support;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Files;

public sealed class BucketFilesTests : IAsyncLifetime
{
    private readonly TemporaryFolder _output = new();
    private readonly ManualTime _time = new();
    private BucketServer _bucket = null!;
    private ServerFolder _folder = null!;
    private BucketFiles _files = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string Result => Path.Combine(_folder.Results, "outputs_20240104_223000_1", "result.json");

    public async ValueTask InitializeAsync()
    {
        _bucket = await BucketServer.StartAsync();
        var options = Microsoft.Extensions.Options.Options.Create(
            new ServerOptions { Output = _output.Path, Database = "postgresql://db/ser", Files = _bucket.Files });
        _folder = new(options);
        _files = new(_folder, _folder.Bucket!, _time, NullLogger<BucketFiles>.Instance);
    }

    public async ValueTask DisposeAsync()
    {
        _files.Dispose();
        _folder.Dispose();
        await _bucket.DisposeAsync();
        _output.Dispose();
    }

    [Fact]
    public async Task DeleteCopies_UnusedForAWhile_DeletesThem()
    {
        await _bucket.PutAsync("ser/outputs_20240104_223000_1/result.json", "result"u8.ToArray());
        (await _files.BringAsync(Result, Ct)).ShouldBeTrue();
        _time.Advance(TimeSpan.FromMinutes(9));
        (await _files.BringAsync(Result, Ct)).ShouldBeTrue();
        _time.Advance(TimeSpan.FromMinutes(9));

        _files.DeleteCopies();

        File.ReadAllText(Result).ShouldBe("result");
        _time.Advance(TimeSpan.FromMinutes(2));
        _files.DeleteCopies();
        Directory.Exists(Path.GetDirectoryName(Result)).ShouldBeFalse();
        (await _files.BringAsync(Result, Ct)).ShouldBeTrue();
        (await _bucket.RequestsAsync())["GET ser/outputs_20240104_223000_1/result.json"].ShouldBe(2);
    }

    [Fact]
    public async Task Bring_MissingFile_ReturnsFalseAndLeavesNothing()
    {
        (await _files.BringAsync(Result, Ct)).ShouldBeFalse();

        Directory.GetFiles(_folder.Results, "*", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("absent")]
    [InlineData("cut")]
    [InlineData("error")]
    [InlineData("half")]
    public async Task Bring_WhileTheStoreRestarts_IsRepeated(string fault)
    {
        await _bucket.PutAsync("ser/outputs_20240104_223000_1/result.json", "result"u8.ToArray());
        await _bucket.FaultAsync(fault, 2);

        (await _files.BringAsync(Result, Ct)).ShouldBeTrue();

        File.ReadAllText(Result).ShouldBe("result");
    }

    [Fact]
    public async Task Keep_LargeFile_IsStoredInPartsAndFetchedWhole()
    {
        var content = new byte[20_000_000];
        new Random(1).NextBytes(content);
        Directory.CreateDirectory(Path.GetDirectoryName(Result)!);
        await File.WriteAllBytesAsync(Result, content, Ct);

        await _files.KeepAsync([Result], Ct);

        var copy = _output.File("copy");
        (await _files.FetchAsync(Result, copy, Ct)).ShouldBeTrue();
        (await File.ReadAllBytesAsync(copy, Ct)).ShouldBe(content);
    }

    [Fact]
    public async Task List_FolderWithSubfolders_ReturnsBoth()
    {
        foreach (var key in new[] { "a/1.wav", "a/2.wav", "a/b/3.wav", "ab/4.wav" })
            await _bucket.PutAsync($"ser/{key}", Encoding.UTF8.GetBytes(key));

        var found = await _files.ListAsync(Path.Combine(_folder.Results, "a"), Ct);

        found.Select(file => (file.Name, file.Size)).ShouldBe([("1.wav", 7), ("2.wav", 7), ("b", null)], ignoreOrder: true);
        await _files.DropFolderAsync(Path.Combine(_folder.Results, "a"), Ct);
        (await _bucket.ListAsync()).ShouldBe(["ser/ab/4.wav"]);
    }

    [Fact]
    public async Task Keep_FileOutsideTheFolder_IsRefused() =>
        await Should.ThrowAsync<ArgumentException>(() => _files.KeepAsync([_output.File("other")], Ct));
}
