using System.Globalization;
using Serilog.Events;
using Serilog.Formatting;
using Serilog.Formatting.Display;

namespace SpeechEmotion.Server.Logging;

/// <summary>
/// Formats one event per line: <c>[2024-01-04 22:30:05] INFO: Received audio file: a.mp3</c>, then the request's id.
/// </summary>
internal sealed class SeedLogFormatter : ITextFormatter
{
    private static readonly MessageTemplateTextFormatter Message = new("{Message:lj}", CultureInfo.InvariantCulture);

    public void Format(LogEvent logEvent, TextWriter output)
    {
        using var message = new StringWriter(CultureInfo.InvariantCulture);
        Message.Format(logEvent, message);
        output.Write(LogLine.Of(logEvent.Timestamp.ToLocalTime(), LevelOf(logEvent), OneLine(message.ToString())));
        if (logEvent.Properties.TryGetValue("RequestId", out var id) && id is ScalarValue { Value: string request })
            output.Write($" ({request})");
        output.Write('\n');
        // Indented, so that untrusted text in the exception cannot imitate a log line either.
        foreach (var line in logEvent.Exception?.ToString().ReplaceLineEndings("\n").Split('\n') ?? [])
            output.Write($"    {OneLine(line)}\n");
    }

    /// <summary>
    /// Replaces line breaks and control characters, with which untrusted text could imitate a log line or move the terminal's cursor.
    /// </summary>
    private static string OneLine(string text) => string.Concat(text.ReplaceLineEndings(" ").Select(c => char.IsControl(c) ? ' ' : c));

    private static string LevelOf(LogEvent logEvent) => logEvent.Level switch
    {
        LogEventLevel.Verbose or LogEventLevel.Debug => "DEBUG",
        LogEventLevel.Information => "INFO",
        LogEventLevel.Warning => "WARNING",
        LogEventLevel.Error => "ERROR",
        _ => "CRITICAL",
    };
}
