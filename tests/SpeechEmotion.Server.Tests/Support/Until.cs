namespace SpeechEmotion.Server.Tests.Support;

/// <summary>Waits until a condition is true, with a generous limit: the tests do not check speed.</summary>
internal static class Until
{
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    public static Task True(Func<bool> condition) => AsyncTrue(() => Task.FromResult(condition()));

    public static async Task AsyncTrue(Func<Task<bool>> condition)
    {
        for (var began = DateTime.UtcNow; !await condition(); await Task.Delay(10))
        {
            if (DateTime.UtcNow - began > Longest)
                throw new TimeoutException("The condition did not become true in time.");
        }
    }
}
