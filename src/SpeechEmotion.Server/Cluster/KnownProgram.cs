using SpeechEmotion.Server.Storage.Programs;

namespace SpeechEmotion.Server.Cluster;

/// <summary>A server or worker as it has reported.</summary>
/// <param name="Entry">Its row.</param>
/// <param name="Status">What it does; null if an older version wrote the row.</param>
/// <param name="State">Its state.</param>
/// <param name="Silence">How long ago it reported.</param>
internal sealed record KnownProgram(ProgramEntry Entry, ProgramStatus? Status, ProgramState State, TimeSpan Silence)
{
    /// <summary>Judges a row at a time of the database's clock.</summary>
    public static KnownProgram Of(ProgramEntry entry, long now)
    {
        var status = entry.ReadStatus();
        var state = entry.LeasedUntil < now ? ProgramState.Silent
            : !entry.Draining ? ProgramState.Working
            : status is { Drained: true } ? ProgramState.Drained
            : ProgramState.Draining;
        // The numbers may be those of a foreign or damaged row.
        var silence = Math.Clamp(now - entry.LeasedUntil + ProgramLease.Duration.TotalMilliseconds, 0, int.MaxValue);
        return new(entry, status, state, TimeSpan.FromMilliseconds(silence));
    }
}
