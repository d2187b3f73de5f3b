namespace SpeechEmotion.Cli.Benchmarks;

/// <summary>What keeps the figures of two reports from being about the same thing.</summary>
internal static class BenchDifference
{
    /// <summary>A warning for each difference, in <c>zh</c> or <c>en</c>.</summary>
    public static IEnumerable<string> Between(BenchReport earlier, BenchReport report, string language)
    {
        var chinese = language == "zh";
        (string English, string Chinese, object Before, object Now)[] pairs =
        [
            ("machine", "机器", earlier.Machine, report.Machine),
            ("ONNX Runtime", "ONNX Runtime", earlier.Engine, report.Engine),
            ("program", "程序版本", earlier.Program, report.Program),
            ("number of repeats", "重复次数", Repeats(earlier), Repeats(report)),
            .. report.Rows.SelectMany(row => earlier.Rows.Where(row.IsAbout).Take(1), (row, before) =>
                ($"{row.Model} {row.Precision}", $"{row.Model} {row.Precision}", (object)before.Hash, (object)row.Hash)),
        ];
        return pairs.Where(pair => !pair.Before.Equals(pair.Now)).Select(pair => chinese
            ? $"⚠ 两次测量的{pair.Chinese}不同：{Text(pair.Before)} → {Text(pair.Now)}"
            : $"⚠ The two runs differ in {pair.English}: {Text(pair.Before)} → {Text(pair.Now)}");
    }

    private static string Repeats(BenchReport report) => report.Quick ? "--quick" : "full";

    /// <summary>What an old file says must not write control characters to a terminal.</summary>
    private static string Text(object value)
    {
        var text = value is Machine machine
            ? $"{machine.Cpu ?? "-"}, {machine.Cores}, {machine.MemoryBytes >> 20} MB, {machine.Os}, {machine.Architecture}"
            : value.ToString()!;
        return string.Concat(text.Where(character => !char.IsControl(character)));
    }
}
