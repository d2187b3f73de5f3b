using Shouldly;
using SpeechEmotion.Downloads;
using Xunit;

namespace SpeechEmotion.Tests.Downloads;

public sealed class TransferMeterTests : IProgress<PullProgress>
{
    private readonly HandTurnedTime _time = new();
    private readonly List<PullProgress> _reported = [];

    [Fact]
    public void Add_SteadyFlow_GivesRateAndTimeLeft()
    {
        using var meter = new TransferMeter("m", 10_000, this, _time);
        meter.Here(1000);
        for (var i = 0; i < 40; i++)
        {
            _time.Turn(TimeSpan.FromSeconds(0.1));
            meter.Add(100);
        }

        _reported[0].ShouldBe(new("m", PullStage.Downloading, 0.1, 1000, 10_000));
        _reported[^1].Done.ShouldBe(5000);
        _reported[^1].BytesPerSecond!.Value.ShouldBe(1000, 1e-6);
        _reported[^1].Left.ShouldBe(TimeSpan.FromSeconds(5));
        _reported.Count.ShouldBe(21);
        _reported.First(step => step.BytesPerSecond is not null).Done.ShouldBe(2000); // After a second.
    }

    [Fact]
    public void Add_FlowThatSlowsDown_ForgetsTheEarlierRate()
    {
        using var meter = new TransferMeter("m", 1_000_000, this, _time);
        meter.Here(0);
        foreach (var bytes in (int[])[1000, 10])
        {
            for (var i = 0; i < 10; i++)
            {
                _time.Turn(TimeSpan.FromSeconds(1));
                meter.Add(bytes);
            }
        }

        _reported[^1].BytesPerSecond!.Value.ShouldBe(10, 1e-6);
    }

    [Fact]
    public void Restart_AfterAFile_KeepsTheEarlierFiles()
    {
        using var meter = new TransferMeter("m", 300, this, _time);
        meter.Add(100);
        meter.BeginFile();
        meter.Add(50);
        meter.Restart();
        _time.Turn(TimeSpan.FromSeconds(1));
        meter.Add(200);

        _reported[^1].Done.ShouldBe(300);
    }

    [Fact]
    public void Rest_UntilBytesArriveAgain_ReportsNothing()
    {
        using var meter = new TransferMeter("m", 300, this, _time);
        meter.Add(100);
        meter.Rest();
        _time.Turn(TimeSpan.FromSeconds(1));
        _time.Fire();
        _reported.ShouldBeEmpty();

        meter.Add(1);
        _time.Turn(TimeSpan.FromSeconds(1));
        _time.Fire();

        _reported.Select(step => step.Done).ShouldBe([101, 101]);
    }

    void IProgress<PullProgress>.Report(PullProgress value) => _reported.Add(value);

    private sealed class HandTurnedTime : TimeProvider
    {
        private TimeSpan _now;
        private Action? _fire;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _now.Ticks;

        public void Turn(TimeSpan by) => _now += by;

        /// <summary>Runs the timer's callback.</summary>
        public void Fire() => _fire!();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            _fire = () => callback(state);
            return System.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }
}
