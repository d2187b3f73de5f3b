using SpeechEmotion.Results;

namespace SpeechEmotion.Server.Exports.Reports;

/// <summary>Draws the bars of a report as inline SVG, which stretches to the width that it has.</summary>
internal static class ReportCharts
{
    /// <summary>The width of the drawings in their own units.</summary>
    private const double Width = 1000;

    private const double HistogramHeight = 100;

    /// <summary>Draws one bar of the color of an emotion.</summary>
    /// <param name="html">Receives the drawing.</param>
    /// <param name="emotion">The emotion.</param>
    /// <param name="share">The length, in [0, 1].</param>
    public static void AddBar(HtmlText html, Emotion emotion, double share) => html.Add(
        $"""
        <svg class="thin" viewBox="0 0 {Width} 10" preserveAspectRatio="none" aria-hidden="true"><rect class="{emotion.Key()}"
        width="{share * Width:0.##}" height="10"/></svg>
        """);

    /// <summary>Draws the shares of all emotions one after the other; nothing without results.</summary>
    /// <param name="html">Receives the drawing.</param>
    /// <param name="tally">The counts.</param>
    /// <param name="style"><c>thin</c> or <c>thick</c>.</param>
    /// <param name="language">The language of the labels.</param>
    public static void AddStack(HtmlText html, EmotionTally tally, string style, string language)
    {
        if (tally.Total == 0)
            return;
        Emotion[] present = [.. EmotionNames.All.Where(emotion => tally[emotion] > 0)];
        var label = string.Join(", ", present.Select(emotion => $"{emotion.DisplayName(language)} {tally[emotion]}"));
        html.Add($"""<svg class="{style}" viewBox="0 0 {Width} 10" preserveAspectRatio="none" role="img" aria-label="{label}">""");
        var start = 0.0;
        foreach (var emotion in present)
        {
            var width = tally[emotion] * Width / tally.Total;
            html.Add(
                $"""
                <rect class="{emotion.Key()}" x="{start:0.##}" width="{width:0.##}" height="10"><title>{emotion.DisplayName(language)}
                {tally[emotion]}</title></rect>
                """);
            start += width;
        }
        html.Add($"</svg>");
    }

    /// <summary>Draws the histogram of confidence.</summary>
    /// <param name="html">Receives the drawing.</param>
    /// <param name="counts">Number of results by interval, from 0 to 1.</param>
    /// <param name="label">What it shows.</param>
    public static void AddHistogram(HtmlText html, IReadOnlyList<int> counts, string label)
    {
        var most = Math.Max(1, counts.Max());
        var step = Width / counts.Count;
        html.Add(
            $"""
            <svg class="histogram" viewBox="0 0 {Width} {HistogramHeight}" preserveAspectRatio="none" role="img" aria-label="{label}">
            """);
        for (var i = 0; i < counts.Count; i++)
        {
            var height = counts[i] * HistogramHeight / most;
            html.Add(
                $"""
                <rect class="accent" x="{(i * step) + 2:0.##}" y="{HistogramHeight - height:0.##}" width="{step - 4:0.##}"
                height="{height:0.##}"><title>{100 * i / counts.Count}–{100 * (i + 1) / counts.Count} %: {counts[i]}</title></rect>
                """);
        }
        html.Add($"</svg>");
        html.Add($"""<div class="axis"><span>0 %</span><span>25 %</span><span>50 %</span><span>75 %</span><span>100 %</span></div>""");
    }
}
