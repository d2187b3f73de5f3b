using System.Globalization;
using System.Text;
using SpeechEmotion.Benchmarks;

namespace SpeechEmotion.Cli.Benchmarks;

/// <summary>A report as a table for the terminal that is also valid Markdown.</summary>
internal static class BenchTable
{
    private const string Missing = "-";

    /// <summary>Characters from here on are two columns wide, as far as this table uses them.</summary>
    private const char FirstWide = '\u1100';

    /// <param name="report">The report.</param>
    /// <param name="earlier">The report to compare with; null for none.</param>
    /// <param name="language"><c>zh</c> or <c>en</c>.</param>
    public static string Of(BenchReport report, BenchReport? earlier, string language)
    {
        var chinese = language == "zh";
        var text = new StringBuilder(Head(report, earlier, chinese)).Append('\n');
        List<string[]> lines = [Titles(report, earlier, chinese)];
        foreach (var figure in BenchFigure.Of(report))
            lines.Add([figure.NameIn(language), .. report.Rows.SelectMany(row => Cells(figure, row, earlier))]);
        Append(text, lines);
        if (earlier is not null)
        {
            text.Append('\n').Append(chinese
                ? "旧/新：时间和内存大于 1 表示现在更少；每秒个数、占比和上限大于 1 表示现在更低。"
                : "old/new: for times and memory, above 1 means less now; for clips a second, shares and ceilings it means lower now.");
            text.Append('\n');
        }
        return text.ToString();
    }

    private static string Head(BenchReport report, BenchReport? earlier, bool chinese)
    {
        var (machine, ceilings) = (report.Machine, report.Ceilings);
        var fp32 = Ceiling("fp32", ceilings.Fp32Gflops, "GFLOP/s", earlier?.Ceilings.Fp32Gflops);
        var int8 = Ceiling("int8", ceilings.Int8Gops, "GOP/s", earlier?.Ceilings.Int8Gops);
        var (cores, quick, product) = chinese ? ("核", "，快速", "矩阵乘上限") : ("cores", ", quick", "MatMul ceiling");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
            ser {report.Program}, ONNX Runtime {report.Engine}, {report.Date.UtcDateTime:yyyy-MM-dd HH:mm} UTC{(report.Quick ? quick : "")}
            {machine.Cpu ?? Missing}, {machine.Cores} {cores}, {machine.MemoryBytes / 1e9:F1} GB, {machine.Os}, {machine.Architecture}
            {product} ({MatMulCeiling.Size} x {MatMulCeiling.Size} x {MatMulCeiling.Size}): {fp32}, {int8}

            """);

        string Ceiling(string precision, double value, string unit, double? before) => string.Create(
            CultureInfo.InvariantCulture,
            $"{precision} {value:F0} {unit}{(before is null ? "" : $" ({(chinese ? "旧/新" : "old/new")} {Ratio(before, value)})")}");
    }

    private static string[] Titles(BenchReport report, BenchReport? earlier, bool chinese)
    {
        var ratio = chinese ? "旧/新" : "old/new";
        return ["", .. report.Rows.SelectMany(row => earlier is null ? [Title(row)] : (string[])[Title(row), ratio])];

        static string Title(BenchRow row) => $"{row.Model} {row.Precision}";
    }

    private static string[] Cells(BenchFigure figure, BenchRow row, BenchReport? earlier)
    {
        var now = figure.Value(row);
        var cell = now is { } value ? figure.Text(value) : Missing;
        if (earlier is null)
            return [cell];
        var before = earlier.Rows.FirstOrDefault(row.IsAbout) is { } same ? figure.Value(same) : null;
        return [cell, Ratio(before, now)];
    }

    private static string Ratio(double? before, double? now) =>
        before is { } old && now is { } value ? (old / value).ToString("F2", CultureInfo.InvariantCulture) : Missing;

    private static void Append(StringBuilder text, List<string[]> lines)
    {
        int[] widths = [.. Enumerable.Range(0, lines[0].Length).Select(column => lines.Max(line => Width(line[column])))];
        // Markdown requires at least a dash and the colon that aligns to the right.
        string[] rule = [.. widths.Select((width, column) => column == 0 ? new string('-', width) : new string('-', width - 1) + ":")];
        foreach (var line in lines.Take(1).Append(rule).Concat(lines.Skip(1)))
        {
            for (var column = 0; column < line.Length; column++)
            {
                var space = new string(' ', widths[column] - Width(line[column]));
                text.Append("| ").Append(column == 0 ? line[column] + space : space + line[column]).Append(' ');
            }
            text.Append("|\n");
        }
    }

    private static int Width(string cell) => cell.Length + cell.Count(character => character >= FirstWide);
}
