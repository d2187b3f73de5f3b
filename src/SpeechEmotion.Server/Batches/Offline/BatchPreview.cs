using System.Globalization;
using SpeechEmotion.Options;
using SpeechEmotion.Server.Sources;

namespace SpeechEmotion.Server.Batches.Offline;

/// <summary><c>ser batch --dry-run</c>: counts the recordings of the sources, and writes nothing but a temporary folder.</summary>
internal static class BatchPreview
{
    /// <summary>Counts, and prints the result.</summary>
    /// <returns>The exit code of the command.</returns>
    public static int Show(BatchRequest request, string[] sources, TextWriter output, CancellationToken ct)
    {
        var options = new SourceOptions
        {
            // Nothing is unpacked, because every recording counts as done.
            UnpackTo = Path.Combine(request.Output, ".ser", "unpacked"),
            Output = Path.GetFullPath(request.Output),
            StandardInput = Console.OpenStandardInput(),
            AllowUrls = request.AllowUrls,
            IsDone = (_, _, _) => true,
        };
        var (count, refused, bytes) = (0, 0, 0L);
        var items = RecordingSource.Read(sources, options, ct);
        foreach (var item in request.Limit is { } limit ? items.Take(limit) : items)
        {
            count++;
            refused += item.Error is null ? 0 : 1;
            bytes += item.Size ?? 0;
        }
        var megabytes = (bytes / 1e6).ToString("N0", CultureInfo.InvariantCulture);
        output.WriteLine(request.Language == "zh"
            ? $"{Number(count)} 段录音，{megabytes} MB；其中 {Number(refused)} 段无法读取。未处理任何内容。"
            : $"{Number(count)} recordings, {megabytes} MB; {Number(refused)} of them cannot be read. Nothing was processed.");
        foreach (var line in BatchProgressText.LeftOut(new(items, options.Report, null), request.Language))
            output.WriteLine(line);
        return count > 0 ? BatchExit.Success : BatchExit.SomeFailed;
    }

    private static string Number(int value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
