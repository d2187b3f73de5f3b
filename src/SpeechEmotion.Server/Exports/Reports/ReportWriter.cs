using System.Text;
using SpeechEmotion.Results;
using SpeechEmotion.Server.Exports.Rows;
using SpeechEmotion.Server.Storage.Batches;

namespace SpeechEmotion.Server.Exports.Reports;

/// <summary>
/// Writes <c>report.html</c> when all recordings are counted: one file for people, without scripts, that loads nothing.
/// </summary>
/// <param name="batch">The batch.</param>
/// <param name="statistics">The counts; complete when the writer is completed.</param>
/// <param name="language">The language of the report.</param>
/// <param name="output">Receives the file; not closed.</param>
internal sealed class ReportWriter(ExportedBatch batch, BatchStatistics statistics, string language, Stream output) : IRowWriter
{
    /// <summary>Most metadata columns; <c>summary.json</c> has all.</summary>
    private const int MostColumns = 20;

    /// <summary>A column of more values, none of which occurs twice, identifies recordings instead of grouping them.</summary>
    private const int MostSingleValues = 10;

    private readonly bool _chinese = language.StartsWith("zh", StringComparison.OrdinalIgnoreCase);
    private readonly HtmlText _html = new();

    /// <inheritdoc/>
    public ValueTask WriteAsync(BatchRow row, CancellationToken ct) => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public async ValueTask CompleteAsync(CancellationToken ct)
    {
        AddHead();
        AddFigures();
        if (statistics.Succeeded > 0)
        {
            AddEmotions();
            AddColumns();
            AddConfidence();
        }
        AddQuality();
        AddFailures();
        AddFoot();
        await output.WriteAsync(Encoding.UTF8.GetBytes(_html.ToString()), ct);
    }

    private void AddHead()
    {
        _html.Add(
            $"""
            <!DOCTYPE html>
            <html lang="{In("en", "zh-CN")}">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{batch.Name} – {In("Speech emotions", "语音情感")}</title>
            <style>
            """);
        _html.AddMarkup(ReportStyle.Css);
        _html.Add(
            $"""
            </style>
            </head>
            <body>
            <main>
            <header class="head">
            <p class="kind">{In("Speech emotion report", "语音情感识别报告")}</p>
            <h1><bdi>{batch.Name}</bdi></h1>
            <p class="soft">{Times()}</p>
            """);
        foreach (var (model, count) in statistics.Models)
        {
            _html.Add(
                $"""
                <p class="soft">{In("Model", "模型")} {model.Id} · {model.Precision} · <code>{model.Hash}</code>
                {(statistics.Succeeded == count ? "" : In($" · {Number(count)} recordings", $" · {Number(count)} 条录音"))}</p>
                """);
        }
        _html.Add($"</header>");
    }

    private string Times()
    {
        var created = In($"Created {Time(batch.Created)}", $"创建于 {Time(batch.Created)}");
        return batch switch
        {
            { Completed: { } completed } => $"{created} · {In($"completed {Time(completed)}", $"完成于 {Time(completed)}")}",
            { State: BatchState.Running } => $"{created} · {In("still running: later reports have more results", "仍在进行：之后的报告会有更多结果")}",
            _ => $"{created} · {In("not completed", "未完成")}",
        };
    }

    private void AddFigures()
    {
        _html.Add($"""<dl class="figures">""");
        AddFigure(In("Recordings", "录音"), Number(statistics.Items));
        AddFigure(In("With a result", "已有结果"), Number(statistics.Succeeded));
        AddFigure(In("Failed", "失败"), Number(statistics.Failed));
        if (statistics.Pending > 0)
            AddFigure(In("Pending", "待处理"), Number(statistics.Pending));
        if (statistics.SameAudio > 0)
            AddFigure(In("Same audio again", "重复音频"), Number(statistics.SameAudio));
        if (batch.Repeated > 0)
            AddFigure(In("Named again", "重复列出"), Number(batch.Repeated));
        if (batch.BadRows > 0)
            AddFigure(In("Bad metadata rows", "附加信息无效行"), Number(batch.BadRows));
        AddFigure(In("Audio", "音频时长"), Length(statistics.Seconds));
        if (statistics.Emotions.Confidence() is { } confidence)
            AddFigure(In("Mean confidence", "平均置信度"), Percent(confidence));
        _html.Add($"</dl>");
    }

    private void AddFigure(string name, string value) => _html.Add($"<div><dt>{name}</dt><dd>{value}</dd></div>");

    private void AddEmotions()
    {
        var emotions = statistics.Emotions;
        _html.Add($"<section><h2>{In("Emotions", "情感分布")}</h2>");
        if (statistics.Segmented > 0)
        {
            var segmented = In(
                "A recording that was recognized by segments counts under the emotion of most of its speech.",
                "分段识别的录音按占其语音时长最多的情感统计。");
            _html.Add($"""<p class="soft">{segmented}</p>""");
        }
        ReportCharts.AddStack(_html, emotions, "thick", language);
        _html.Add(
            $"""
            <div class="scroll" tabindex="0"><table><thead><tr><th>{In("Emotion", "情感")}</th><th></th>
            <th class="number">{In("Recordings", "录音")}</th><th class="number">{In("Share", "占比")}</th>
            <th class="number wide">{In("Mean confidence", "平均置信度")}</th></tr></thead><tbody>
            """);
        var most = EmotionNames.All.Max(emotion => emotions[emotion]);
        foreach (var emotion in EmotionNames.All.OrderByDescending(emotion => emotions[emotion]).ThenBy(emotion => emotion))
        {
            var style = emotions[emotion] == 0 ? "soft" : "";
            var name = emotion.DisplayName(language);
            _html.Add($"""<tr class="{style}"><td class="emotion">{emotion.Emoji()} {name}</td><td class="bar">""");
            ReportCharts.AddBar(_html, emotion, (double)emotions[emotion] / most);
            _html.Add(
                $"""
                </td><td class="number">{Number(emotions[emotion])}</td>
                <td class="number">{Percent((double)emotions[emotion] / emotions.Total)}</td>
                <td class="number wide">{(emotions.Confidence(emotion) is { } mean ? Percent(mean) : "–")}</td></tr>
                """);
        }
        _html.Add($"</tbody></table></div></section>");
    }

    private void AddColumns()
    {
        foreach (var column in statistics.Columns.Where(IsGroup).Take(MostColumns))
        {
            _html.Add(
                $"""
                <section><h2><bdi>{column.Key}</bdi></h2>
                <p class="soft">{In("Emotions by the values of this column", "按该列的取值统计情感")}</p>
                <ul class="legend">
                """);
            foreach (var emotion in EmotionNames.All.Where(emotion => statistics.Emotions[emotion] > 0))
                _html.Add($"""<li><span class="dot {emotion.Key()}"></span>{emotion.DisplayName(language)}</li>""");
            _html.Add(
                $"""
                </ul><div class="scroll" tabindex="0"><table><thead><tr><th>{In("Value", "取值")}</th><th></th>
                <th class="number">{In("Results", "结果")}</th><th class="number">{In("Failed", "失败")}</th>
                <th class="wide">{In("Most frequent", "最多")}</th></tr></thead><tbody>
                """);
            foreach (var value in column.Values!.OrderBy(value => value.Value is null))
                AddValue(value);
            _html.Add($"</tbody></table></div></section>");
        }
    }

    private void AddValue(ValueTally value)
    {
        if (value.Value is null)
            _html.Add($"""<tr><td class="name soft">{In("no value", "无取值")}</td><td class="bar">""");
        else
            _html.Add($"""<tr><td class="name"><bdi>{value.Value}</bdi></td><td class="bar">""");
        ReportCharts.AddStack(_html, value.Emotions, "thin", language);
        var top = value.Emotions.Top is { } emotion
            ? $"{emotion.DisplayName(language)} {Percent((double)value.Emotions[emotion] / value.Emotions.Total)}"
            : "–";
        _html.Add(
            $"""
            </td><td class="number">{Number(value.Emotions.Total)}</td><td class="number">{Number(value.Failed)}</td>
            <td class="emotion wide">{top}</td></tr>
            """);
    }

    private void AddConfidence()
    {
        _html.Add(
            $"""
            <section><h2>{In("Confidence", "置信度")}</h2>
            <p class="soft">{In(
                "Number of recordings by the probability of their emotion. Look at those on the left, or have a person listen.",
                "按所得情感的概率统计录音数量。靠左的结果请复核，或由人工收听。")}</p>
            """);
        ReportCharts.AddHistogram(_html, statistics.Histogram, In("Histogram of confidence", "置信度直方图"));
        var most = Number(statistics.Histogram.Max());
        _html.Add($"""<p class="note">{In($"Highest bar: {most} recordings", $"最高一栏：{most} 条录音")}</p>""");
        _html.Add($"</section>");
    }

    private void AddQuality()
    {
        if (!statistics.Quality.Any())
            return;
        _html.Add(
            $"""
            <section><h2>{In("Why answers may be weak", "结果可能不可靠的原因")}</h2>
            <p class="soft">{In("A recording can have several reasons.", "一条录音可能有多个原因。")}</p>
            <div class="scroll" tabindex="0"><table><thead><tr><th>{In("Reason", "原因")}</th><th class="number">{In("Recordings", "录音")}</th>
            <th class="number">{In("Share", "占比")}</th><th>{In("What it means", "说明")}</th></tr></thead><tbody>
            """);
        foreach (var (reason, count) in statistics.Quality)
        {
            _html.Add(
                $"""
                <tr><td><code>{reason}</code></td><td class="number">{Number(count)}</td>
                <td class="number">{Percent((double)count / statistics.Succeeded)}</td>
                <td class="text">{QualityText.Of(reason, language)}</td></tr>
                """);
        }
        _html.Add($"</tbody></table></div></section>");
    }

    private void AddFailures()
    {
        if (statistics.Failed == 0)
            return;
        _html.Add(
            $"""
            <section><h2>{In("Recordings without a result", "没有结果的录音")}</h2>
            <p class="soft">{In("failed.csv lists all of them.", "failed.csv 列出了全部。")}</p>
            """);
        foreach (var failure in statistics.Failures)
        {
            _html.Add(
                $"""
                <div class="group"><h3><code>{failure.Code}</code> · {Number(failure.Count)}</h3>
                <ul class="files">
                """);
            foreach (var example in failure.Examples)
                AddExample(example.File, example.Failure!.MessageIn(language));
            _html.Add($"</ul>");
            if (failure.Count > failure.Examples.Count)
            {
                var more = Number(failure.Count - failure.Examples.Count);
                _html.Add($"""<p class="soft">{In($"and {more} more", $"另有 {more} 条")}</p>""");
            }
            _html.Add($"</div>");
        }
        _html.Add($"</section>");
    }

    private void AddExample(string file, string message)
    {
        // Most messages name the file themselves.
        if (message.Contains(file, StringComparison.Ordinal))
            _html.Add($"<li><bdi>{message}</bdi></li>");
        else
            _html.Add($"""<li><bdi>{file}</bdi><br><span class="soft"><bdi>{message}</bdi></span></li>""");
    }

    private void AddFoot() => _html.Add(
        $"""
        <footer>SpeechEmotion {ProductVersion.Text} · {In(
            "Emotions are a model's estimate from the sound of the voice; they are no proof of what a person feels.",
            "情感是模型根据声音作出的估计，不能证明说话人的真实感受。")}</footer>
        </main>
        </body>
        </html>
        """);

    private static bool IsGroup(ColumnTally column) =>
        column.Values!.Count <= MostSingleValues || column.Values.Any(value => value is { Value: not null, Total: > 1 });

    private string Length(double seconds) => seconds switch
    {
        < 60 => In($"{seconds:0.#} s", $"{seconds:0.#} 秒"),
        < 3600 => In($"{seconds / 60:0.#} min", $"{seconds / 60:0.#} 分钟"),
        _ => In($"{seconds / 3600:#,##0.#} h", $"{seconds / 3600:#,##0.#} 小时"),
    };

    private static string Number(int count) => FormattableString.Invariant($"{count:#,##0}");

    private static string Percent(double share) => FormattableString.Invariant($"{share * 100:0.0} %");

    private static string Time(DateTimeOffset time) => FormattableString.Invariant($"{time.UtcDateTime:yyyy-MM-dd HH:mm} UTC");

    private string In(string english, string chinese) => _chinese ? chinese : english;
}
