using System.Globalization;

namespace SpeechEmotion.Cli.Benchmarks;

/// <summary>The differences that make the figures of two reports incomparable.</summary>
internal static class BenchDifference
{
    /// <summary>A warning for each difference, in <c>zh</c> or <c>en</c>.</summary>
    public static IEnumerable<string> Between(BenchReport earlier, BenchReport report, string language)
    {
        var chinese = language == "zh";
        (string English, string Chinese, string Before, string Now)[] pairs =
        [
            ("machine", "机器", Text(earlier.Machine), Text(report.Machine)),
            ("ONNX Runtime", " ONNX Runtime ", earlier.Engine, report.Engine),
            ("program", "程序版本", earlier.Program, report.Program),
            ("repeats", "重复次数", Repeats(earlier), Repeats(report)),
            .. report.Rows.SelectMany(row => earlier.Rows.Where(row.IsAbout).Take(1), (row, before) =>
                ($"{row.Model} {row.Precision}", $" {row.Model} {row.Precision} ", before.Hash, row.Hash)),
        ];
        return pairs.Where(pair => pair.Before != pair.Now).Select(pair => chinese
            ? $"⚠ 两次测量的{pair.Chinese}不同：{Printable(pair.Before)} → {pair.Now}"
            : $"⚠ The two runs differ in {pair.English}: {Printable(pair.Before)} → {pair.Now}");
    }

    /// <summary>Memory in whole GB: the part that the system reserves varies slightly between starts.</summary>
    private static string Text(Machine machine) => string.Create(
        CultureInfo.InvariantCulture,
        $"{machine.Cpu ?? "-"} x {machine.Cores}, {machine.MemoryBytes / 1e9:F0} GB, {machine.Os}, {machine.Architecture}");

    private static string Repeats(BenchReport report) => report.Quick ? "--quick" : "-";

    /// <summary>Removes control characters: text from a file must not write them to a terminal.</summary>
    private static string Printable(string text) => string.Concat(text.Where(character => !char.IsControl(character)));
}
