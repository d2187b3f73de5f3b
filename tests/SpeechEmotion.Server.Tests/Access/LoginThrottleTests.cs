using Shouldly;
using SpeechEmotion.Server.Access;
using SpeechEmotion.Server.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Access;

/// <summary>Guessing is limited per address, and clients with the right key are not affected.</summary>
public sealed class LoginThrottleTests
{
    private readonly ManualTime _time = new();
    private readonly LoginThrottle _throttle;

    public LoginThrottleTests() => _throttle = new(_time);

    [Fact]
    public void Count_TenWrong_ThrottlesThatAddressOnly()
    {
        Guess(9);
        _throttle.Wait("here").ShouldBeNull();

        _throttle.Count("here", "last");

        _throttle.Wait("here").ShouldBe(6);
        _throttle.Wait("there").ShouldBeNull();
        _throttle.MayCheck("here", "right").ShouldBeTrue();
    }

    [Fact]
    public void Count_FiftyWrong_AllowsOneCheckInSixSeconds()
    {
        Guess(50);
        _throttle.MayCheck("here", "right").ShouldBeFalse();

        _time.Advance(TimeSpan.FromSeconds(6));

        _throttle.MayCheck("here", "right").ShouldBeTrue();
        _throttle.Count("here", "another");
        _throttle.MayCheck("here", "right").ShouldBeFalse();
        _throttle.MayCheck("there", "right").ShouldBeTrue();
    }

    [Fact]
    public void Remember_BeforeTheAddressIsExhausted_IsChecked()
    {
        _throttle.Remember("here", "right");

        Guess(50);

        _throttle.MayCheck("here", "right").ShouldBeTrue();
        _throttle.MayCheck("here", "guess").ShouldBeFalse();
        _throttle.MayCheck("there", "right").ShouldBeTrue();
    }

    [Fact]
    public void Count_TheSameWrongOneAgain_IsOneGuess()
    {
        for (var i = 0; i < 1000; i++)
            _throttle.Count("here", "old key");

        _throttle.Wait("here").ShouldBeNull();
    }

    [Fact]
    public void Wait_AfterFiveMinutes_IsNull()
    {
        Guess(50);

        _time.Advance(TimeSpan.FromMinutes(5));

        _throttle.Wait("here").ShouldBeNull();
    }

    private void Guess(int times)
    {
        for (var i = 0; i < times; i++)
            _throttle.Count("here", $"guess {i}");
    }
}
