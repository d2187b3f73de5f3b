using System.Globalization;
using System.Text;
using System.Text.Json;
using SpeechEmotion.Live;
using SpeechEmotion.Outputs.Timelines;
using SpeechEmotion.Results;

namespace SpeechEmotion.Cli;

/// <summary>Processes a live stream to its end and prints its results, one per line.</summary>
internal sealed class LiveRun(LiveRecognition live, Stream output, bool json, string language)
{
    /// <summary>Reads until the stream ends or the user interrupts; in both cases prints the summary last.</summary>
    public void All(RawSamples samples, CancellationToken ct)
    {
        try
        {
            while (samples.ReadAsync(ct).GetAwaiter().GetResult() is { IsEmpty: false } block)
                Print(live.Add(block.Span, ct: ct));
        }
        catch (OperationCanceledException)
        {
            // An interrupt is the usual end of a live stream; the results so far are still printed.
        }
        Print(live.Complete(CancellationToken.None));
        Summarize(live.Timeline());
    }

    private void Print(IReadOnlyList<LiveResult> results)
    {
        foreach (var result in results)
        {
            if (json)
                Line(writer => Write(writer, result));
            else
                Line(result is LiveSegment segment
                    ? $"{Time(result)}  {Answer(segment.Segment.Scores)}  ■"
                    : $"{Time(result)}  {Partial((LivePartial)result)}");
        }
    }

    private void Summarize(Timeline timeline)
    {
        if (json)
        {
            Line(writer =>
            {
                writer.WriteString("type", "summary");
                writer.WritePropertyName("timeline");
                TimelineJson.Write(writer, timeline);
            });
            return;
        }
        Line(TimelineText.Of(timeline, language).TrimEnd());
    }

    private static void Write(Utf8JsonWriter writer, LiveResult result)
    {
        if (result is LiveSegment segment)
        {
            writer.WriteString("type", "segment");
            TimelineJson.WriteSegment(writer, segment.Segment);
            return;
        }
        writer.WriteString("type", "partial");
        TimelineJson.WritePartial(writer, result.Start, result.End, ((LivePartial)result).Scores);
    }

    private string Partial(LivePartial partial)
    {
        if (partial.Scores is { } scores)
            return Answer(scores);
        return language == "zh" ? "（无人说话）" : "(no speech)";
    }

    private string Answer(EmotionScores scores) => string.Create(
        CultureInfo.InvariantCulture, $"{scores.Top.Emoji()} {scores.Top.DisplayName(language)} {scores[scores.Top] * 100:F0} %");

    private static string Time(LiveResult result) =>
        string.Create(CultureInfo.InvariantCulture, $"{result.Start,8:F2} – {result.End,8:F2} s");

    private void Line(Action<Utf8JsonWriter> write)
    {
        using (var writer = new Utf8JsonWriter(output))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }
        Line("");
    }

    private void Line(string text)
    {
        output.Write(Encoding.UTF8.GetBytes(text + "\n"));
        output.Flush();
    }
}
