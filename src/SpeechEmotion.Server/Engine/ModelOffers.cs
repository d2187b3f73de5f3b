using SpeechEmotion.Models;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Logging;

namespace SpeechEmotion.Server.Engine;

/// <summary>
/// Gives the loaded models of this program to the others that share its database, and finds out which ones they have given.
/// </summary>
internal sealed class ModelOffers(
    RecognizerPool recognizers, SharedModels shared, ModelSearch models, TimeProvider time, ILogger<ModelOffers> logger)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(20);

    /// <summary>How often the names are read: a bucket charges each request, and a program that needs a model reads them itself.</summary>
    private static readonly TimeSpan RefreshInterval = TimeSpan.FromMinutes(5);

    private readonly HashSet<string> _offered = [];
    private long? _refreshed;
    private string? _reported;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!shared.IsOn)
            return;
        try
        {
            await recognizers.SettledAsync(stoppingToken);
            using var timer = new PeriodicTimer(Interval, time);
            do
                await TryAsync(stoppingToken);
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
            // The program stops.
        }
    }

    private async Task TryAsync(CancellationToken ct)
    {
        try
        {
            if (_refreshed is not { } last || time.GetElapsedTime(last) >= RefreshInterval)
            {
                await shared.RefreshAsync(ct);
                _refreshed = time.GetTimestamp();
            }
            // The models that ship with the program are on every machine. The latest import of a name comes first.
            var loaded = models.List().Where(found => found.Place == ModelPlace.Store && recognizers.HasLoaded(found.Id));
            foreach (var found in loaded.DistinctBy(found => found.Id))
            {
                // Also one that was removed from the shared files.
                if (found.Manifest is null || (_offered.Contains(found.Directory) && shared.Knows(found.Id)))
                    continue;
                await shared.OfferAsync(new(found.Directory, found.Manifest), ct);
                _offered.Add(found.Directory);
                _refreshed = null;
            }
            _reported = null;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            var known = ProblemAnswers.Known(failure);
            if (_reported != known.Code)
                Log.ModelsNotShared(logger, known.Code, known.Message);
            _reported = known.Code;
        }
    }
}
