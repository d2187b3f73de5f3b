namespace SpeechEmotion.Server.Storage;

/// <summary>Opens the history before the services that use it start, and before Kestrel listens: every request finds it ready.</summary>
internal sealed class HistoryStart(RecognitionHistory history) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => history.OpenAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
