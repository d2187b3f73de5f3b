using System.Text.Json;
using SpeechEmotion.Options;
using SpeechEmotion.Server.Storage.Batches;

namespace SpeechEmotion.Server.Exports;

/// <summary>The values of the whole batch that an export contains.</summary>
internal sealed record ExportedBatch
{
    /// <summary>The name that people see.</summary>
    public required string Name { get; init; }

    /// <summary>The state of the batch.</summary>
    public required BatchState State { get; init; }

    /// <summary>Time of the request.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>Time at which the last recording got its outcome; null while some have none.</summary>
    public DateTimeOffset? Completed { get; init; }

    /// <summary>Number of rows and files of the latest reading of the sources that name a recording again.</summary>
    public required int Repeated { get; init; }

    /// <summary>Number of rows of a metadata table that name no recording.</summary>
    public int BadRows { get; init; }

    /// <summary>How all recordings are recognized.</summary>
    public required BatchOptions Options { get; init; }

    /// <summary>The options as stored.</summary>
    public required JsonElement StoredOptions { get; init; }

    /// <summary>The columns of the manifest.</summary>
    public required IReadOnlyList<MetadataColumn> Columns { get; init; }

    /// <exception cref="Http.RequestException"><c>batch.damaged</c>.</exception>
    public static ExportedBatch Of(BatchEntry entry)
    {
        try
        {
            return new()
            {
                Name = entry.Name,
                State = entry.State,
                Created = DateTimeOffset.FromUnixTimeMilliseconds(entry.Created),
                Completed = entry.Completed is { } completed ? DateTimeOffset.FromUnixTimeMilliseconds(completed) : null,
                Repeated = entry.Repeated,
                Options = JsonSerializer.Deserialize(entry.Options, BatchJsonContext.Default.BatchOptions)
                    ?? throw new JsonException("The options are null."),
                StoredOptions = JsonElement.Parse(entry.Options),
                Columns = MetadataColumn.Of(JsonSerializer.Deserialize(entry.Columns, ExportJsonContext.Default.StringArray) ?? []),
            };
        }
        catch (JsonException e)
        {
            throw ExportErrors.DamagedBatch(entry.Name, e);
        }
    }
}
