using Shouldly;
using SpeechEmotion.Server.Sources;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Sources;

public sealed class RecordingSourceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_File_IsOneItemWithItsSizeAndTime()
    {
        var path = SourceReading.Write(_folder, "a.wav");
        File.SetLastWriteTimeUtc(path, DateTime.UnixEpoch.AddMilliseconds(1_700_000_000_123));

        var item = SourceReading.Read(_folder, path).ShouldHaveSingleItem();

        item.ShouldBe(new SourceItem(path, path) { Size = SourceReading.Wav.Length, Modified = 1_700_000_000_123 });
    }

    [Fact]
    public void Read_FileThatIsNoRecording_IsTriedAllTheSame()
    {
        var path = SourceReading.Write(_folder, "notes.txt", [.. "hello"u8]);
        SourceReading.Read(_folder, path).ShouldHaveSingleItem().Name.ShouldBe(path);
    }

    [Fact]
    public void Read_Link_HasTheSizeOfItsFile()
    {
        var path = SourceReading.Write(_folder, "a.wav");
        File.CreateSymbolicLink(_folder.File("link.wav"), path);

        var item = SourceReading.Read(_folder, _folder.File("link.wav")).ShouldHaveSingleItem();

        item.Size.ShouldBe(SourceReading.Wav.Length);
        item.Location.ShouldBe(_folder.File("link.wav"));
    }

    [Fact]
    public void Read_MissingSource_IsRefusedBeforeAnythingIsRead()
    {
        var path = SourceReading.Write(_folder, "a.wav");

        var failure = Should.Throw<SourceException>(
            () => RecordingSource.Read([path, _folder.File("missing")], SourceReading.Options(_folder)));

        failure.Code.ShouldBe("source.not_found");
        failure.Message.ShouldContain("missing");
        failure.MessageZh.ShouldContain("missing");
    }

    [Fact]
    public void Read_SourceThatFailsLater_GivesTheItemsBefore()
    {
        var path = SourceReading.Write(_folder, "a.wav");
        var list = SourceReading.Write(_folder, "list.csv", [.. "name,age\n"u8]);

        var (items, failure) = SourceReading.ReadUntilFailure(SourceReading.Options(_folder), path, list);

        items.ShouldHaveSingleItem().Name.ShouldBe(path);
        failure.ShouldBeOfType<SourceException>().Code.ShouldBe("source.manifest");
    }

    [Fact]
    public void Read_CancelledBetweenTwoItems_Stops()
    {
        for (var i = 0; i < 3; i++)
            SourceReading.Write(_folder, $"{i}.wav");
        using var stop = new CancellationTokenSource();
        using var items = RecordingSource.Read([_folder.Path], SourceReading.Options(_folder), stop.Token).GetEnumerator();

        items.MoveNext().ShouldBeTrue();
        stop.Cancel();

        Should.Throw<OperationCanceledException>(() => items.MoveNext());
    }
}
