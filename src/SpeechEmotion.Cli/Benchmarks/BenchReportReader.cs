using System.Text.Json;
using SpeechEmotion.Errors;

namespace SpeechEmotion.Cli.Benchmarks;

/// <summary>Reads an earlier report.</summary>
internal static class BenchReportReader
{
    /// <summary>More than the figures of hundreds of models.</summary>
    private const int MostBytes = 4 << 20;

    /// <exception cref="BenchReportException">
    /// <c>bench.report_not_found</c>; <c>bench.report_damaged</c>: the file is not what the command wrote.
    /// </exception>
    public static BenchReport Read(string path)
    {
        try
        {
            var report = JsonSerializer.Deserialize(Bytes(path), BenchJsonContext.Default.BenchReport);
            return report is { Kind: BenchReport.KindOfReport } && IsSane(report)
                ? report
                : throw new JsonException("its figures are not those of a report.");
        }
        catch (JsonException e)
        {
            throw new BenchReportException(
                "bench.report_damaged",
                $"{path} is not a report of ser bench: {Sentence.End(e.Message)} Make one with: ser bench --json FILE",
                $"{path} 不是 ser bench 的报告：{Sentence.End(e.Message)} 请用 ser bench --json 文件 生成。", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BenchReportException(
                "bench.report_not_found", $"The report {path} cannot be opened: {Sentence.End(e.Message)} Check its name.",
                $"无法打开报告 {path}：{Sentence.End(e.Message)} 请检查文件名。", e);
        }
    }

    private static ReadOnlySpan<byte> Bytes(string path)
    {
        using var file = File.OpenRead(path);
        var bytes = new byte[MostBytes + 1];
        var count = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return count <= MostBytes ? bytes.AsSpan(0, count) : throw new JsonException("it is larger than any report.");
    }

    /// <summary>Divisors must not be zero, and measured values must be positive.</summary>
    private static bool IsSane(BenchReport report) =>
        report.Rows.All(row => row is { Clips: not null, Throughput: not null }
            && !row.Clips.Contains(null!) && !row.Throughput.Contains(null!))
        && BenchFigure.Of(report).SelectMany(figure => report.Rows.Select(figure.Value))
            .Append(report.Ceilings.Fp32Gflops).Append(report.Ceilings.Int8Gops)
            .All(value => value is null || (value > 0 && double.IsFinite(value.Value)));
}
