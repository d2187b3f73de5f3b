namespace SpeechEmotion.Server.Gradio;

/// <summary>Once a minute, forgets sessions and uploads whose time is over.</summary>
internal sealed class GradioSweep(GradioSessions sessions, HeldUploads uploads, TimeProvider time) : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMinutes(1), time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                sessions.Sweep();
                uploads.Sweep();
            }
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
    }
}
