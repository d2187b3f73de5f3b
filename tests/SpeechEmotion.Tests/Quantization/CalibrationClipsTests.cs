using System.Numerics.Tensors;
using Shouldly;
using SpeechEmotion.Errors;
using SpeechEmotion.Quantization;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Tests.Quantization;

public sealed class CalibrationClipsTests
{
    [Fact]
    public void Synthetic_All_AreFiniteAndOfTheLengthsAndLevelsOfRecordings()
    {
        var clips = CalibrationClips.Synthetic().ToArray();

        clips.Length.ShouldBe(CalibrationClips.SyntheticCount);
        clips.Min(clip => clip.Length).ShouldBe(8000);
        clips.Max(clip => clip.Length).ShouldBe(15 * 16000);
        foreach (var clip in clips)
        {
            clip.ShouldAllBe(sample => float.IsFinite(sample));
            (TensorPrimitives.Norm<float>(clip) / MathF.Sqrt(clip.Length)).ShouldBeInRange(1e-4f, 1);
        }
    }

    [Fact]
    public void Synthetic_Again_IsTheSameAndNoTwoAreAlike()
    {
        CalibrationClips.Synthetic(7).ShouldBe(CalibrationClips.Synthetic(7));
        CalibrationClips.Synthetic().Select(clip => clip[1000]).Distinct().Count().ShouldBeGreaterThan(190);
    }

    [Fact]
    public void Synthetic_RecognizedByTheSmallModel_GetSeveralEmotions()
    {
        var labels = Enumerable.Range(0, 40)
            .Select(i => CompactModel.Recognizer
                .Recognize(CalibrationClips.Synthetic(i), 16000, ct: TestContext.Current.CancellationToken).Scores.Top)
            .Distinct();

        labels.Count().ShouldBeGreaterThanOrEqualTo(4);
    }

    [Fact]
    public void Own_FilesOfAllKinds_GivesRecordingsAndSkipsTheRest()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("notes.txt"), "no recording");
        File.Copy(Path.Combine(Repository.Golden("emotion2vec"), "audio", "speech.wav"), folder.File("speech.wav"));

        var files = CalibrationClips.OwnFiles(folder.Path);

        files.Count.ShouldBe(2);
        CalibrationClips.Own(files[0], TestContext.Current.CancellationToken).ShouldBeNull();
        CalibrationClips.Own(files[1], TestContext.Current.CancellationToken)!.Length.ShouldBeInRange(8000, 15 * 16000);
    }

    [Fact]
    public void OwnFiles_NoRecordings_IsAnError()
    {
        using var folder = new TemporaryFolder();

        Should.Throw<AudioException>(() => CalibrationClips.OwnFiles(folder.Path)).Code.ShouldBe("audio.not_found");
        Should.Throw<AudioException>(() => CalibrationClips.OwnFiles("/nowhere")).Code.ShouldBe("audio.not_found");
    }
}
