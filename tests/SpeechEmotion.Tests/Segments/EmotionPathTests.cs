using Shouldly;
using SpeechEmotion.Inference;
using SpeechEmotion.Segments;
using Xunit;

namespace SpeechEmotion.Tests.Segments;

public sealed class EmotionPathTests
{
    [Fact]
    public void Find_NoPrice_TakesTheTopOfEachPiece() =>
        EmotionPath.Find(Pieces((3, 50), (0, 50), (3, 50), (8, 50)), price: 0).ShouldBe([3, 0, 3, 8]);

    [Fact]
    public void Find_LargePrice_TakesTheOneThatExplainsMost() =>
        EmotionPath.Find(Pieces((3, 50), (0, 120), (3, 60), (8, 50)), price: 1000).ShouldBe([0, 0, 0, 0]);

    [Fact]
    public void Find_PriceBetween_KeepsLongChangesAndSkipsFlicker()
    {
        // 0.7 against 0.0375: a second of contradiction costs ln(0.7 / 0.0375) = 2.9; two changes cost 8.
        var pieces = Pieces((4, 200), (0, 50), (4, 100), (0, 200));

        EmotionPath.Find(pieces, price: 4).ShouldBe([4, 4, 4, 0]);
    }

    [Fact]
    public void Find_PieceWithoutPreference_FollowsItsNeighbours()
    {
        var pieces = Pieces((2, 100), (2, 100));
        pieces.Insert(1, Piece(new float[9], 100));

        EmotionPath.Find(pieces, price: 0.1).ShouldBe([2, 2, 2]);
    }

    [Fact]
    public void Find_OnePiece_IsItsTop() => EmotionPath.Find(Pieces((6, 25)), price: 4).ShouldBe([6]);

    private static List<SegmentChunk> Pieces(params (int Emotion, int Steps)[] pieces) =>
        [.. pieces.Select(piece => Piece(Scores(piece.Emotion), piece.Steps))];

    private static float[] Scores(int emotion) =>
        [.. Enumerable.Range(0, 9).Select(k => MathF.Log(k == emotion ? 0.7f : 0.3f / 8))];

    private static SegmentChunk Piece(float[] logScores, int steps) =>
        new(0, 0, steps, new ModelFrames(0, default, default), 0, new float[9], logScores);
}
