using SpeechEmotion.Errors;

namespace SpeechEmotion.Cli.Benchmarks;

/// <summary>An earlier report that cannot be compared with. Codes begin with <c>bench.</c>.</summary>
internal sealed class BenchReportException(string code, string message, string messageZh, Exception? inner = null)
    : SpeechEmotionException(code, message, messageZh, inner);
