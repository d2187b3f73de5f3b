using SpeechEmotion.Server.Gradio.Files;
using SpeechEmotion.Server.Logging;

namespace SpeechEmotion.Server.Gradio;

/// <summary>Once a minute, forgets sessions and uploads whose time is over.</summary>
internal sealed class GradioSweep(GradioSessions sessions, HeldUploads uploads, TimeProvider time, ILogger<GradioSweep> logger) : BackgroundService
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
            // The server stops.
        }
    }

    /// <summary>A failure here must not stop the whole server, which is what a host does when a service of it ends so.</summary>
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
