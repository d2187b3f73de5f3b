using Shouldly;
using SpeechEmotion.Results;
using SpeechEmotion.Tests.Audio;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Tests;

/// <summary>An incomplete recording gets a result for the readable part, and a quality note about the missing one.</summary>
public sealed class EmotionRecognizerIncompleteTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("a.wav"), InlineData("a.flac"), InlineData("a.mp3")]
    public void Recognize_FileCutShort_NotesTheMissingSeconds(string file)
    {
        var path = Decoding.Encode(_folder, file, 16000, 1, 6);
        var whole = CompactModel.Recognizer.Recognize(path, ct: TestContext.Current.CancellationToken);
        whole.Quality.ShouldNotContain(note => note.Reason == QualityReason.Incomplete);
        var bytes = File.ReadAllBytes(path);
        File.WriteAllBytes(path, bytes[..(bytes.Length / 2)]);

        var half = CompactModel.Recognizer.Recognize(path, ct: TestContext.Current.CancellationToken);

        var note = half.Quality.Single(note => note.Reason == QualityReason.Incomplete);
        note.Key.ShouldBe("incomplete");
        note.Value.ShouldBe(6 - half.Duration.TotalSeconds, 0.3);
        note.Text.ShouldContain("incomplete");
        note.TextZh.ShouldContain("不完整");
    }

    [Fact]
    public void Recognize_ConcatenatedMp3Files_ProcessesBoth()
    {
        var part = Decoding.Encode(_folder, "a.mp3", 16000, 1, 2);
        var joined = Decoding.Join(_folder, "joined.mp3", part, part);
        CompactModel.Recognizer.Recognize(joined, ct: TestContext.Current.CancellationToken).Duration.ShouldBe(TimeSpan.FromSeconds(4));
    }
}
