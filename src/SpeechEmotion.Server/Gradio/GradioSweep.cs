using SpeechEmotion.Server.Gradio.Files;
using SpeechEmotion.Server.Logging;

namespace SpeechEmotion.Server.Gradio;

/// <summary>Removes expired sessions and uploads once a minute.</summary>
internal sealed class GradioSweep(GradioSessions sessions, HeldUploads uploads, TimeProvider time, ILogger<GradioSweep> logger)
    : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMinutes(1), time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                Sweep();
        }
        catch (OperationCanceledException)
        {
            // The server is stopping.
        }
    }

    /// <summary>Sweeps and logs a failure: an exception in a hosted service would stop the whole server.</summary>
    private void Sweep()
    {
        try
        {
            sessions.Sweep();
            uploads.Sweep();
        }
        catch (Exception e)
        {
            Log.Unexpected(logger, e);
        }
    }
}
