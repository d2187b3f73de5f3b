using System.Runtime.CompilerServices;
using Shouldly;
using SpeechEmotion.Server.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests;

/// <summary>The server as a whole.</summary>
public sealed class SpeechEmotionServerTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData("0"), InlineData("100")]
    public async Task Dispose_AfterARequest_LeavesNothingInMemory(string limit)
    {
        var services = await ServeOnceAsync(limit);

        for (var attempt = 0; attempt < 100 && services.IsAlive; attempt++)
        {
            await Task.Delay(100, Ct);
            GC.Collect();
        }
        services.IsAlive.ShouldBeFalse();
    }

    /// <summary>Returns a weak reference to the services of a server that has ended.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<WeakReference> ServeOnceAsync(string limit)
    {
        await using var server = await RunningServer.StartAsync([("RateLimit", limit)]);
        using var answer = await server.PostAsync(Recordings.Noise(1), "a.wav");
        answer.IsSuccessStatusCode.ShouldBeTrue();
        return new(server.Services);
    }
}
