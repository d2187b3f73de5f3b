using Shouldly;
using SpeechEmotion.Downloads;
using Xunit;

namespace SpeechEmotion.Tests.Downloads;

public sealed class TransferMeterTests : IProgress<PullProgress>
{
    private readonly HandTurnedTime _time = new();
    private readonly List<PullProgress> _told = [];

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

        _told[0].ShouldBe(new("m", PullStage.Downloading, 0.1, 1000, 10_000));
        _told[^1].Done.ShouldBe(5000);
        _told[^1].BytesPerSecond!.Value.ShouldBe(1000, 1e-6);
        _told[^1].Left.ShouldBe(TimeSpan.FromSeconds(5));
        _told.Count.ShouldBe(21);
        _told.First(step => step.BytesPerSecond is not null).Done.ShouldBe(2000); // After a second.
    }

    [Fact]
    public void Add_FlowThatSlowsDown_ForgetsHowItWas()
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

        _told[^1].BytesPerSecond!.Value.ShouldBe(10, 1e-6);
    }

    [Fact]
    public void Restart_AfterAFile_KeepsWhatCameBefore()
    {
        using var meter = new TransferMeter("m", 300, this, _time);
        meter.Add(100);
        meter.BeginFile();
        meter.Add(50);
        meter.Restart();
        _time.Turn(TimeSpan.FromSeconds(1));
        meter.Add(200);

        _told[^1].Done.ShouldBe(300);
    }

    [Fact]
    public void Rest_UntilBytesComeAgain_TellsNothing()
    {
        using var meter = new TransferMeter("m", 300, this, _time);
        meter.Add(100);
        meter.Rest();
        _time.Turn(TimeSpan.FromSeconds(1));
        _time.Fire();
        _told.ShouldBeEmpty();

        meter.Add(1);
        _time.Turn(TimeSpan.FromSeconds(1));
        _time.Fire();

        _told.Select(step => step.Done).ShouldBe([101, 101]);
    }

    void IProgress<PullProgress>.Report(PullProgress value) => _told.Add(value);

    private sealed class HandTurnedTime : TimeProvider
    {
        private TimeSpan _now;
        private Action? _fire;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _now.Ticks;

        public void Turn(TimeSpan by) => _now += by;

        /// <summary>A timer's time has come.</summary>
        public void Fire() => _fire!();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            _fire = () => callback(state);
            return System.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }
}
