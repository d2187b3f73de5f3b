using SpeechEmotion.Errors;
using SpeechEmotion.Server.Files;
using SpeechEmotion.Server.Hosting;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Storage;

namespace SpeechEmotion.Server.Cluster;

/// <summary>
/// Checks again and again whether the place of results and recordings is there. It writes nothing: a failed write reports itself.
/// </summary>
internal sealed class FilesCheck(IFileStore files, ServerFolder folder, InstallationCheck installation, TimeProvider time)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    /// <summary>A request to a bucket may cost money.</summary>
    private static readonly TimeSpan BucketInterval = TimeSpan.FromSeconds(60);

    /// <summary>A network drive whose server is away blocks its callers.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private volatile SpeechEmotionException? _failure;
    private Task _look = Task.CompletedTask;

    /// <summary>Why the place cannot be used; null if it can.</summary>
    public SpeechEmotionException? Failure => files.Failure ?? _failure;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                _failure = await CheckAsync(stoppingToken);
                await Task.Delay(files.IsElsewhere ? BucketInterval : Interval, time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The program stops.
        }
    }

    private async Task<SpeechEmotionException?> CheckAsync(CancellationToken ct)
    {
        try
        {
            if (files.IsElsewhere)
                await files.ListAsync(folder.Shared, ct);
            else
                await LookAsync().WaitAsync(Patience, time, ct);
            return null;
        }
        catch (TimeoutException silence)
        {
            return FileErrors.Unreachable(silence);
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            // Without the name of the bucket.
            return files.Failure ?? ProblemAnswers.Known(failure);
        }
    }

    /// <summary>Looks at the folder. A look that still waits for a network drive goes on: each blocks a thread.</summary>
    private Task LookAsync() => _look = _look.IsCompleted ? Task.Run(RequireFolder) : _look;

    private void RequireFolder()
    {
        if (!installation.IsHere || !Directory.Exists(folder.Accepted))
            throw FileErrors.NotMounted();
    }
}
