using System.Globalization;
using SpeechEmotion.Server.Storage.Batches;

namespace SpeechEmotion.Server.Batches;

/// <summary>The progress of a batch in words.</summary>
internal static class BatchProgressText
{
    private const int BarWidth = 24;

    /// <summary>Done of total, speed, time left, failures.</summary>
    public static string Of(BatchProgress progress, BatchSpeed speed, bool isRead, string language)
    {
        var chinese = language == "zh";
        var total = Number(progress.Items) + (isRead ? "" : "+");
        var left = isRead && speed.Left(progress.Pending) is { } time
            ? (chinese ? $"，剩余 {Time(time)}" : $", {Time(time)} left") : "";
        var failed = progress.Failed == 0 ? "" : chinese ? $"，失败 {Number(progress.Failed)}" : $", {Number(progress.Failed)} failed";
        return chinese
            ? $"{Number(progress.Completed)} / {total}，{Rate(speed)} 倍实时{left}{failed}"
            : $"{Number(progress.Completed)} of {total}, {Rate(speed)} times real time{left}{failed}";
    }

    /// <summary>The end of a batch.</summary>
    /// <param name="progress">The progress.</param>
    /// <param name="speed">The speed of this run.</param>
    /// <param name="repeated">Number of rows and files that name a recording again.</param>
    /// <param name="output">The folder of the results.</param>
    /// <param name="language"><c>zh</c> or <c>en</c>.</param>
    public static string End(BatchProgress progress, BatchSpeed speed, int repeated, string output, string language)
    {
        if (progress.Items == 0)
            return language == "zh" ? "来源中没有录音。" : "There are no recordings in the sources.";
        var hours = (progress.Seconds / 3600).ToString("0.##", CultureInfo.InvariantCulture);
        var again = repeated == 0 ? "" : language == "zh"
            ? $"，重复列出 {Number(repeated)} 次"
            : $", {Number(repeated)} named again";
        return language == "zh"
            ? $"完成：{Number(progress.Succeeded)} 段录音（{hours} 小时），失败 {Number(progress.Failed)} 段{again}，本次用时 {Time(speed.Elapsed)}。"
                + $"结果在 {output}，请先看 report.html。"
            : $"Done: {Number(progress.Succeeded)} recordings ({hours} hours), {Number(progress.Failed)} failed{again}, "
                + $"{Time(speed.Elapsed)} in this run. The results are in {output}; report.html gives an overview.";
    }

    /// <summary>What the sources have besides recordings, a line for each kind.</summary>
    public static IEnumerable<string> LeftOut(OpenedSources sources, string language)
    {
        var (chinese, report) = (language == "zh", sources.Report);
        if (report.NotRecordings > 0)
        {
            var names = string.Join(", ", report.Examples) + (report.NotRecordings > report.Examples.Count ? ", …" : "");
            yield return chinese
                ? $"{Number(report.NotRecordings)} 个文件不是录音，已跳过（{names}）。"
                : $"Skipped {Number(report.NotRecordings)} {(report.NotRecordings == 1 ? "file" : "files")} without a recording ({names}).";
        }
        if (report.UnreadableFolders > 0)
            yield return chinese
                ? $"{Number(report.UnreadableFolders)} 个文件夹无法读取，其中的录音未处理。请检查权限后重新运行。"
                : $"{Number(report.UnreadableFolders)} folders cannot be read, so their recordings are missing. Check the permissions, "
                    + "then run the command again.";
        if (sources.Metadata is { } table)
            yield return chinese
                ? $"附加信息：{Number(table.Rows)} 行中有 {Number(table.Matched)} 行与录音对应。"
                : $"Metadata: {Number(table.Matched)} of {Number(table.Rows)} rows belong to a recording.";
        if (sources.Metadata is { BadRows: > 0 and var bad })
            yield return chinese
                ? $"附加信息：{Number(bad)} 行未指明录音，已忽略。"
                : $"Ignored {Number(bad)} metadata {(bad == 1 ? "row that names" : "rows that name")} no recording.";
        if (sources.Metadata?.FirstError is { } error)
            yield return $"{error.MessageIn(language)} [{error.Code}]";
    }

    /// <summary>A bar of fixed width.</summary>
    public static string Bar(BatchProgress progress)
    {
        var full = progress.Items == 0 ? 0 : (int)Math.Min(BarWidth, (long)BarWidth * progress.Completed / progress.Items);
        return $"[{new string('█', full)}{new string('░', BarWidth - full)}]";
    }

    private static string Rate(BatchSpeed speed) =>
        speed.TimesRealTime.ToString(speed.TimesRealTime < 10 ? "0.0" : "0", CultureInfo.InvariantCulture);

    private static string Number(int value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Time(TimeSpan time) => time.TotalHours >= 1
        ? string.Create(CultureInfo.InvariantCulture, $"{(long)time.TotalHours}:{time.Minutes:00}:{time.Seconds:00}")
        : string.Create(CultureInfo.InvariantCulture, $"{time.Minutes}:{time.Seconds:00}");
}
