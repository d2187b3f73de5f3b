using System.Text.Json;

namespace SpeechEmotion.Server.Tests.Support;

/// <summary>The end of a batch's program.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Events">All events.</param>
/// <param name="Errors">Its standard error.</param>
internal sealed record BatchEnd(int ExitCode, JsonElement[] Events, string Errors)
{
    /// <summary>The outcomes of this run: name of the recording, and its emotion or the code of its error.</summary>
    public (string File, string Answer)[] Outcomes =>
    [
        .. from line in Events
           where line.GetProperty("event").GetString() == "item"
           orderby line.GetProperty("item").GetInt32()
           select (
               line.GetProperty("file").GetString()!,
               (line.TryGetProperty("emotion", out var emotion) ? emotion : line.GetProperty("error").GetProperty("code")).GetString()!),
    ];

    /// <summary>The code of the error that ended the batch; null if there was none.</summary>
    public string? Error => Events.Where(line => line.GetProperty("event").GetString() == "error")
        .Select(line => line.GetProperty("error").GetProperty("code").GetString()).SingleOrDefault();
}
