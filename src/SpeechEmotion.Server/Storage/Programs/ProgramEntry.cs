using System.Text.Json;

namespace SpeechEmotion.Server.Storage.Programs;

/// <summary>A server or worker that uses the database.</summary>
public sealed class ProgramEntry
{
    /// <summary>A random name. That of a server stays the same when it restarts with the same output folder.</summary>
    public required string Name { get; set; }

    /// <summary>What it does.</summary>
    public required ProgramKind Kind { get; set; }

    /// <summary>The name of its machine.</summary>
    public required string Host { get; set; }

    /// <summary>Its version.</summary>
    public required string Version { get; set; }

    /// <summary>Time of its start in milliseconds since 1970.</summary>
    public required long Started { get; set; }

    /// <summary>Until when others leave its work to it, in milliseconds since 1970.</summary>
    public required long LeasedUntil { get; set; }

    /// <summary>What it does now, as JSON (<see cref="ProgramStatus"/>); null if an older version writes it.</summary>
    public string? Status { get; set; }

    /// <summary>Whether it is to take no more work.</summary>
    public bool Draining { get; set; }

    /// <summary>
    /// Reads what it does now; null if an older version wrote the row, or another one that this version does not understand.
    /// </summary>
    internal ProgramStatus? ReadStatus()
    {
        try
        {
            return Status is null ? null : JsonSerializer.Deserialize(Status, HistoryJsonContext.Default.ProgramStatus);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
