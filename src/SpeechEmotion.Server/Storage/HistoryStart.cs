using SpeechEmotion.Server.Files;

namespace SpeechEmotion.Server.Storage;

/// <summary>Opens the history before the services that use it start, and before Kestrel listens: every request finds it ready.</summary>
internal sealed class HistoryStart(RecognitionHistory history, IFileStore files) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await files.ProbeAsync(cancellationToken);
        await history.OpenAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
