namespace SpeechEmotion.Server.Hosting;

/// <summary>Runs the services of a program until it is stopped.</summary>
internal static class HostRun
{
    /// <summary>How long services that started may finish their work when another one could not start.</summary>
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(1);

    /// <summary>Starts the services and returns when the program is stopped. The caller disposes the host.</summary>
    /// <exception cref="Exception">A service could not start. All others have stopped.</exception>
    public static async Task RunToEndAsync(this IHost host)
    {
        try
        {
            await host.StartAsync();
        }
        catch (Exception)
        {
            // Disposing does not wait for services that have started: they would fail in what is disposed, and log that.
            using var limit = new CancellationTokenSource(StopLimit, host.Services.GetRequiredService<TimeProvider>());
            await host.StopAsync(limit.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }
        await host.WaitForShutdownAsync();
    }
}
