namespace SpeechEmotion.Cli.Benchmarks;

/// <summary>The report of <c>ser bench</c>.</summary>
/// <param name="Kind">Always <see cref="KindOfReport"/>: distinguishes a report from any other JSON.</param>
/// <param name="Program">The version of the program.</param>
/// <param name="Engine">The version of ONNX Runtime.</param>
/// <param name="Date">The start of the run.</param>
/// <param name="Quick">Whether it was a quick run.</param>
/// <param name="Machine">The machine.</param>
/// <param name="Ceilings">The best speed of ONNX Runtime on the machine.</param>
/// <param name="Rows">One row for each model and precision.</param>
internal sealed record BenchReport(
    string Kind, string Program, string Engine, DateTimeOffset Date, bool Quick, Machine Machine, Ceilings Ceilings,
    IReadOnlyList<BenchRow> Rows)
{
    public const string KindOfReport = "speech_emotion_bench";
}
