namespace SpeechEmotion.Cli.Benchmarks;

/// <summary>What <c>ser bench</c> measured.</summary>
/// <param name="Kind">Always <see cref="KindOfReport"/>: tells a report from any other JSON.</param>
/// <param name="Program">Version of the program.</param>
/// <param name="Engine">Version of ONNX Runtime.</param>
/// <param name="Date">When the run began.</param>
/// <param name="Quick">Whether it was a quick one.</param>
/// <param name="Machine">Where it ran.</param>
/// <param name="Ceilings">What ONNX Runtime reaches there at best.</param>
/// <param name="Rows">A row for each model and precision.</param>
internal sealed record BenchReport(
    string Kind, string Program, string Engine, DateTimeOffset Date, bool Quick, Machine Machine, Ceilings Ceilings,
    IReadOnlyList<BenchRow> Rows)
{
    public const string KindOfReport = "speech_emotion_bench";
}
