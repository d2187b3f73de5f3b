using System.Globalization;
using SpeechEmotion.Downloads;

namespace SpeechEmotion.Cli;

/// <summary>Draws the progress of a download and its import as one line on standard error.</summary>
internal sealed class PullProgressLine(string language) : IProgress<PullProgress>
{
    private readonly Lock _gate = new();
    private (PullStage Stage, int Step) _reported = (PullStage.Downloading, -1);
    private int _width;

    public void Report(PullProgress value)
    {
        lock (_gate)
        {
            // A line that is not on a terminal cannot be overwritten: there, print only every tenth percent.
            var step = (value.Stage, (int)(value.Fraction * (Console.IsErrorRedirected ? 10 : 1000)));
            if (step == _reported)
                return;
            _reported = step;
            var text = Text(value);
            if (Console.IsErrorRedirected)
                Console.Error.WriteLine(text);
            else
                Console.Error.Write($"\r{text.PadRight(_width)}{(value.Stage == PullStage.Done ? "\n" : "")}");
            _width = text.Length;
        }
    }

    private string Text(PullProgress value)
    {
        var percent = (int)(value.Fraction * 100);
        var what = (value.Stage, language) switch
        {
            (PullStage.Downloading, "zh") => "正在下载",
            (PullStage.Downloading, _) => "Downloading",
            (PullStage.Checking, "zh") => "正在校验",
            (PullStage.Checking, _) => "Checking",
            (PullStage.Importing, "zh") => "正在导入",
            (PullStage.Importing, _) => "Importing",
            (_, "zh") => "完成",
            _ => "Done",
        };
        var line = $"{what} {value.ModelId}: {percent} %";
        return value.Stage == PullStage.Downloading ? line + Course(value) : line;
    }

    private string Course(PullProgress value)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"  {value.Done / 1e6:F1} / {value.Total / 1e6:F1} MB");
        if (value.BytesPerSecond is { } rate)
            text += string.Create(CultureInfo.InvariantCulture, $"  {rate / 1e6:F1} MB/s");
        if (value.Left is { } left)
        {
            var time = left.TotalHours >= 1 ? $"{(int)left.TotalHours}:{left:mm\\:ss}" : $"{left:m\\:ss}";
            text += $"  {(language == "zh" ? "剩余" : "left")} {time}";
        }
        return text;
    }
}
