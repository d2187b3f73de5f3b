using Microsoft.Extensions.Options;
using SpeechEmotion.Results;
using SpeechEmotion.Server.Files;
using SpeechEmotion.Server.Hosting;
using SpeechEmotion.Server.Logging;
using SpeechEmotion.Server.Settings;
using SpeechEmotion.Server.Storage;

namespace SpeechEmotion.Server.Jobs.Batches;

/// <summary>Opens the shared database before the worker takes work from it, and logs that the worker is ready.</summary>
internal sealed class WorkerStart(
    HistoryDatabase database, InstallationCheck installation, ServerFolder folder, IFileStore files, IOptions<ServerOptions> options,
    IHostApplicationLifetime lifetime, ILogger<WorkerStart> logger) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await database.OpenAsync(cancellationToken);
        await files.ProbeAsync(cancellationToken);
        await installation.RequireAsync(cancellationToken);
        if (!files.IsElsewhere)
            folder.RequireWritable();
        lifetime.ApplicationStarted.Register(() => Log.WorkerStarted(logger, ProductVersion.Text, options.Value.Files!));
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
