using System.Text.Json;
using SpeechEmotion.Errors;

namespace SpeechEmotion.Cli.Benchmarks;

/// <summary>
/// A report file that is opened before anything is measured, so that a name that cannot be written fails at once, and that appears
/// under its name complete or not at all.
/// </summary>
internal sealed class BenchReportFile : IDisposable
{
    private readonly string _path;
    private readonly string _aside;
    private readonly FileStream _stream;

    private BenchReportFile(string path, string aside) =>
        (_path, _aside, _stream) = (path, aside, new(aside, FileMode.Create, FileAccess.Write));

    /// <exception cref="BenchReportException"><c>bench.report_not_writable</c>.</exception>
    public static BenchReportFile Create(string path)
    {
        try
        {
            path = Path.GetFullPath(path);
            return Directory.Exists(path)
                ? throw new IOException("it is a folder.")
                : new(path, $"{path}.{Environment.ProcessId}.partial");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw NotWritable(path, e);
        }
    }

    /// <summary>Writes the report and gives the file its name, replacing an older one.</summary>
    /// <exception cref="BenchReportException"><c>bench.report_not_writable</c>.</exception>
    public void Commit(BenchReport report)
    {
        try
        {
            Write(_stream, report);
            _stream.Flush(flushToDisk: true);
            _stream.Dispose();
            File.Move(_aside, _path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw NotWritable(_path, e);
        }
    }

    /// <summary>Writes a report and a line feed.</summary>
    public static void Write(Stream stream, BenchReport report)
    {
        JsonSerializer.Serialize(stream, report, BenchJsonContext.Default.BenchReport);
        stream.Write("\n"u8);
        stream.Flush();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stream.Dispose();
        File.Delete(_aside);
    }

    private static BenchReportException NotWritable(string path, Exception e) => new(
        "bench.report_not_writable",
        $"The report {path} cannot be written: {Sentence.End(e.Message)} Name a file in a folder that you may write to.",
        $"无法写入报告 {path}：{Sentence.End(e.Message)} 请指定可写文件夹中的文件。", e);
}
