using Shouldly;
using SpeechEmotion.Server.Access;
using SpeechEmotion.Server.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Access;

/// <summary>Guessing is bounded by address, and nobody who has the right key pays for it.</summary>
public sealed class LoginThrottleTests
{
    private readonly ManualTime _time = new();
    private readonly LoginThrottle _brake;

    public LoginThrottleTests() => _brake = new(_time);

    [Fact]
    public void Count_TenWrong_ThrottlesThatAddressOnly()
    {
        Guess(9);
        _brake.Wait("here").ShouldBeNull();

        _brake.Count("here", "last");

        _brake.Wait("here").ShouldBe(6);
        _brake.Wait("there").ShouldBeNull();
        _brake.MayCheck("here", "right").ShouldBeTrue();
    }

    [Fact]
    public void Count_FiftyWrong_AllowsOneCheckInSixSeconds()
    {
        Guess(50);
        _brake.MayCheck("here", "right").ShouldBeFalse();

        _time.Advance(TimeSpan.FromSeconds(6));

        _brake.MayCheck("here", "right").ShouldBeTrue();
        _brake.Count("here", "another");
        _brake.MayCheck("here", "right").ShouldBeFalse();
        _brake.MayCheck("there", "right").ShouldBeTrue();
    }

    [Fact]
    public void Remember_BeforeTheAddressIsExhausted_IsChecked()
    {
        _brake.Remember("here", "right");

        Guess(50);

        _brake.MayCheck("here", "right").ShouldBeTrue();
        _brake.MayCheck("here", "guess").ShouldBeFalse();
        _brake.MayCheck("there", "right").ShouldBeTrue();
    }

    [Fact]
    public void Count_TheSameWrongOneAgain_IsOneGuess()
    {
        for (var i = 0; i < 1000; i++)
            _brake.Count("here", "old key");

        _brake.Wait("here").ShouldBeNull();
    }

    [Fact]
    public void Wait_AfterFiveMinutes_IsNull()
    {
        Guess(50);

        _time.Advance(TimeSpan.FromMinutes(5));

        _brake.Wait("here").ShouldBeNull();
    }

    private void Guess(int times)
    {
        for (var i = 0; i < times; i++)
            _brake.Count("here", $"guess {i}");
    }
}
