using SpeechEmotion.Options;
using SpeechEmotion.Server.Hosting;
using SpeechEmotion.Server.Sources;
using SpeechEmotion.Server.Storage.Batches;

namespace SpeechEmotion.Server.Batches;

/// <summary>Reads the sources of a batch into the database, while the engine processes what was read before.</summary>
internal sealed class BatchReader(BatchIntake intake, BatchStore batches, ServerFolder folder, TimeProvider time)
{
    private int _batch;

    /// <summary>Opens the sources; their recordings are read while <see cref="ReadAsync"/> runs.</summary>
    /// <exception cref="SourceException"><c>source.not_found</c>, or the table of metadata cannot be read.</exception>
    public OpenedSources Open(BatchRequest request, string[] sources, CancellationToken ct)
    {
        var options = new SourceOptions
        {
            UnpackTo = folder.Unpacked,
            Output = folder.Output,
            StandardInput = Console.OpenStandardInput(),
            IsDone = (name, size, modified) => intake.IsDone(_batch, name, size, modified),
        };
        var items = RecordingSource.Read(sources, options, ct);
        var metadata = request.Metadata is { } path ? MetadataTable.Read(path, ct) : null;
        if (metadata is not null)
            items = items.Select(metadata.Join);
        return new(request.Limit is { } limit ? items.Take(limit) : items, options.Report, metadata);
    }

    /// <summary>
    /// Adds the recordings to the batch. Marks the batch as read also if a source fails in the middle, so that the recordings before
    /// are processed.
    /// </summary>
    /// <param name="batch">The batch.</param>
    /// <param name="sources">The sources.</param>
    /// <param name="retryFailed">Whether failed recordings are processed again.</param>
    /// <param name="ct">Cancels the reading. A read that blocks, as of standard input, is abandoned.</param>
    /// <exception cref="SpeechEmotion.Errors.SpeechEmotionException">A source cannot be read to its end.</exception>
    public async Task ReadAsync(BatchEntry batch, OpenedSources sources, bool retryFailed, CancellationToken ct)
    {
        _batch = batch.Id;
        var groups = new SourceGroups(sources.Items, time, ct);
        while (await groups.NextAsync(ct) is { Count: > 0 } group)
            await intake.AddAsync(batch.Id, group, ct);
        // After the sources were read: the reading restores the recordings of archives, which a retry needs.
        if (retryFailed)
            await batches.RetryFailedAsync(batch.Id, ct);
        else if (batch.Items > 0)
            await batches.RetryFoundAsync(batch.Id, ct);
        await intake.SealAsync(batch.Id, ct);
        await batches.CompleteAsync(batch.Id, ct);
        await groups.Reading;
    }
}
