using SpeechEmotion.Errors;

namespace SpeechEmotion.Cli.Benchmarks;

/// <summary>An error of an earlier report or of writing a report. Codes begin with <c>bench.</c>.</summary>
internal sealed class BenchReportException(string code, string message, string messageZh, Exception? inner = null)
    : SpeechEmotionException(code, message, messageZh, inner);
