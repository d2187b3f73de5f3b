using SpeechEmotion.Models;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Logging;

namespace SpeechEmotion.Server.Engine;

/// <summary>Gives the loaded models of this program to the others that share its database, and looks which ones they have given.</summary>
internal sealed class ModelOffers(
    RecognizerPool recognizers, SharedModels shared, ModelSearch models, TimeProvider time, ILogger<ModelOffers> logger)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(20);

    private readonly HashSet<string> _offered = [];

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
            // The models that ship with the program are on every machine.
            foreach (var found in models.List().Where(found => found.Place == ModelPlace.Store && recognizers.HasLoaded(found.Id)))
            {
                if (found.Manifest is not null && _offered.Add(found.Directory))
                    await shared.OfferAsync(new(found.Directory, found.Manifest), ct);
            }
            await shared.RefreshAsync(ct);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            _offered.Clear();
            var known = ProblemAnswers.Known(failure);
            Log.ModelsNotShared(logger, known.Code, known.Message);
        }
    }
}
