using Shouldly;
using SpeechEmotion.Segments;
using Xunit;

namespace SpeechEmotion.Tests.Segments;

public sealed class OrderedWorkTests
{
    private int _begun;
    private int _running;
    private int _most;

    [Theory]
    [InlineData(1), InlineData(2), InlineData(5)]
    public void SelectOrdered_LaterWorkEndsFirst_KeepsTheOrder(int atOnce)
    {
        var results = Enumerable.Range(0, 40).SelectOrdered(atOnce, i => Work(i, turns: i % 3 == 0 ? 20_000 : 10)).ToList();

        results.ShouldBe(Enumerable.Range(0, 40));
        _most.ShouldBeLessThanOrEqualTo(atOnce);
    }

    [Theory]
    [InlineData(0), InlineData(3), InlineData(10), InlineData(99)]
    public void HeldWhile_UntilAnItem_GivesAllInOrder(int last)
    {
        var seen = -1;
        var taken = new List<(int Thing, int Seen)>();

        foreach (var thing in Enumerable.Range(0, 11).Select(i => seen = i).HeldWhile(() => seen < last))
            taken.Add((thing, seen));

        taken.Select(one => one.Thing).ShouldBe(Enumerable.Range(0, 11));
        taken.ShouldAllBe(one => one.Seen == Math.Min(10, Math.Max(last, one.Thing)));
    }

    [Fact]
    public void SelectOrdered_TwoItems_RunInParallel()
    {
        using var both = new CountdownEvent(2);

        // Each item waits for the other, so running them sequentially would deadlock.
        Enumerable.Range(0, 2).SelectOrdered(2, i =>
        {
            both.Signal();
            both.Wait(TestContext.Current.CancellationToken);
            return i;
        }).ShouldBe([0, 1]);
    }

    [Fact]
    public void SelectOrdered_ThirdItem_WaitsForTheFirst()
    {
        using var go = new ManualResetEventSlim();
        var made = 0;

        var results = Source().SelectOrdered(2, i =>
        {
            go.Wait(TestContext.Current.CancellationToken);
            return Work(i, 10);
        }).ToList();

        results.ShouldBe([0, 1, 2, 3]);
        _most.ShouldBeLessThanOrEqualTo(2);

        IEnumerable<int> Source()
        {
            for (; made < 4; made++)
            {
                // The first two items still run when the third is produced, and continue only then.
                if (made == 2)
                    go.Set();
                yield return made;
            }
        }
    }

    [Fact]
    public void SelectOrdered_WorkFails_EndsWithThatAndNothingRuns()
    {
        var error = Should.Throw<InvalidOperationException>(() => Enumerable.Range(0, 40).SelectOrdered(3, i =>
            i == 7 ? throw new InvalidOperationException("7") : Work(i, 20_000)).ToList());

        error.Message.ShouldBe("7");
        ShouldHaveEnded();
    }

    [Fact]
    public void SelectOrdered_SourceFails_EndsWithThatAndNothingRuns()
    {
        Should.Throw<InvalidDataException>(() => Source().SelectOrdered(3, i => Work(i, 20_000)).ToList());

        _begun.ShouldBe(2);
        ShouldHaveEnded();

        static IEnumerable<int> Source()
        {
            yield return 0;
            yield return 1;
            throw new InvalidDataException();
        }
    }

    [Fact]
    public void SelectOrdered_Disposed_NothingRunsAndNothingMoreStarts()
    {
        Enumerable.Range(0, 1000).SelectOrdered(2, i => Work(i, 20_000)).First().ShouldBe(0);

        ShouldHaveEnded();
        _begun.ShouldBeLessThanOrEqualTo(2);
    }

    [Fact]
    public void SelectOrdered_Nothing_GivesNothing() => Array.Empty<int>().SelectOrdered(2, i => Work(i, 1)).ShouldBeEmpty();

    private void ShouldHaveEnded() => Volatile.Read(ref _running).ShouldBe(0);

    private int Work(int result, int turns)
    {
        Interlocked.Increment(ref _begun);
        var running = Interlocked.Increment(ref _running);
        for (int most; running > (most = Volatile.Read(ref _most));)
            Interlocked.CompareExchange(ref _most, running, most);
        for (var i = 0; i < turns; i++)
            Thread.SpinWait(1);
        Interlocked.Decrement(ref _running);
        return result;
    }
}
