using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Storage.Programs;

namespace SpeechEmotion.Server.Cluster;

/// <summary>A server or worker. What an older version does not report is null.</summary>
/// <param name="Name">Its name among the programs: 32 hexadecimal digits.</param>
/// <param name="Kind">What it does.</param>
/// <param name="State">Its state.</param>
/// <param name="IsThis">Whether it is the server that answers.</param>
/// <param name="Host">The name of its machine.</param>
/// <param name="Version">Its version.</param>
/// <param name="Started">Time of its start.</param>
/// <param name="SilentSeconds">How long ago it reported, in seconds.</param>
/// <param name="Model">Name of its model; null until it is ready.</param>
/// <param name="Precision">Precision of its model.</param>
/// <param name="Hash">The first 16 hexadecimal digits of the SHA-256 of its weights.</param>
/// <param name="Batches">Whether it processes batches.</param>
/// <param name="Cores">Number of cores that it may use.</param>
/// <param name="Memory">Memory that it occupies, in bytes.</param>
/// <param name="Running">Recordings that it processes now.</param>
/// <param name="Waiting">Recognitions that wait in its own queue.</param>
/// <param name="Processed">Recordings that it has processed since its start.</param>
/// <param name="PerMinute">Recordings that it processed in the last minute.</param>
/// <param name="ClockOffset">How far its clock is ahead of the database's, in seconds.</param>
/// <param name="Problems">Why it processes less than it should.</param>
/// <param name="Drain">POST to this link to let it take no more work; null if it takes none.</param>
/// <param name="Resume">POST to this link to let it take work again; null if it does.</param>
public sealed record ProgramResource(
    string Name, ProgramKind Kind, ProgramState State, bool IsThis, string Host, string Version, DateTimeOffset Started,
    double SilentSeconds, string? Model, string? Precision, string? Hash, bool? Batches, int? Cores, long? Memory, int? Running,
    int? Waiting, long? Processed, double? PerMinute, double? ClockOffset, IReadOnlyList<ProblemResource> Problems, string? Drain,
    string? Resume)
{
    /// <param name="program">The program.</param>
    /// <param name="own">The name of the server that answers.</param>
    /// <param name="links">The address before its links; null if it cannot be drained.</param>
    /// <param name="language">The language of texts.</param>
    internal static ProgramResource Of(KnownProgram program, string own, string? links, string language)
    {
        var (entry, status) = (program.Entry, program.Status);
        string? If(bool allowed, string action) =>
            allowed && links is not null && status is not null ? $"{links}/{entry.Name}/{action}" : null;
        return new(
            entry.Name, entry.Kind, program.State, entry.Name == own, entry.Host, entry.Version,
            LocalTime.Of(entry.Started), Math.Round(program.Silence.TotalSeconds, 1),
            status?.Model, status?.Precision, status?.Hash, status?.Batches, status?.Cores, status?.Memory, status?.Running,
            status?.Waiting, status?.Processed, status?.PerMinute, status?.ClockOffset,
            [.. (status?.Problems ?? []).Select(problem => ProblemResource.Of(problem, language))],
            If(program.State == ProgramState.Working, "drain"),
            If(program.State is ProgramState.Draining or ProgramState.Drained, "resume"));
    }
}
