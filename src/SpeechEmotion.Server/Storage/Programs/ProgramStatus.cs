namespace SpeechEmotion.Server.Storage.Programs;

/// <summary>What a server or worker does now, as it reports with each renewal of its lease.</summary>
public sealed record ProgramStatus
{
    /// <summary>Name of its model; null until it is ready.</summary>
    public string? Model { get; init; }

    /// <summary>Precision of its model; null until it is ready.</summary>
    public string? Precision { get; init; }

    /// <summary>The first 16 hexadecimal digits of the SHA-256 of its weights; null until it is ready.</summary>
    public string? Hash { get; init; }

    /// <summary>Whether it processes batches.</summary>
    public bool Batches { get; init; }

    /// <summary>Whether it takes no more work, and has none.</summary>
    public bool Drained { get; init; }

    /// <summary>Number of cores that it may use.</summary>
    public int Cores { get; init; }

    /// <summary>Memory that it occupies, in bytes.</summary>
    public long Memory { get; init; }

    /// <summary>Recordings that it processes now.</summary>
    public int Running { get; init; }

    /// <summary>Recognitions that wait in its own queue.</summary>
    public int Waiting { get; init; }

    /// <summary>Recordings that it has processed since its start.</summary>
    public long Processed { get; init; }

    /// <summary>Recordings that it processed in the last minute.</summary>
    public double PerMinute { get; init; }

    /// <summary>How far its clock is ahead of the database's, in seconds.</summary>
    public double ClockOffset { get; init; }

    /// <summary>Why it processes less than it should, the most general reason first; empty if all is well.</summary>
    public IReadOnlyList<ProgramProblem> Problems { get; init; } = [];
}
