using SpeechEmotion.Models;

namespace SpeechEmotion.Cli;

/// <summary>Draws the progress of an import as one line on standard error.</summary>
internal sealed class ImportProgressLine(string language) : IProgress<ImportProgress>
{
    private int _percent = -1;

    public void Report(ImportProgress value)
    {
        var percent = (int)(value.Fraction * 100);
        // A line that is not on a terminal cannot be overwritten: there, print only every tenth percent.
        if (percent == _percent || (Console.IsErrorRedirected && percent / 10 == _percent / 10 && percent < 100))
            return;
        _percent = percent;
        var text = (value.Stage is ImportStage.Rounding or ImportStage.Certifying, language) switch
        {
            (true, "zh") => $"正在生成并认证 {value.ModelId} 的 int8 版本（仅需一次）：{Chinese(value.Stage)} {percent} %",
            (true, _) => $"Certifying {value.ModelId} in int8 (only once): {value.Stage} {percent} %",
            (_, "zh") => $"正在导入 {value.ModelId}（仅需一次）：{Chinese(value.Stage)} {percent} %",
            _ => $"Importing {value.ModelId} (only once): {value.Stage} {percent} %",
        };
        if (Console.IsErrorRedirected)
            Console.Error.WriteLine(text);
        else
            Console.Error.Write($"\r{text}   {(value.Stage == ImportStage.Done ? "\n" : "")}");
    }

    private static string Chinese(ImportStage stage) => stage switch
    {
        ImportStage.Hashing => "校验文件",
        ImportStage.Converting => "转换权重",
        ImportStage.Checking => "检查结果",
        ImportStage.Rounding => "量化权重",
        ImportStage.Certifying => "对比精度",
        _ => "完成",
    };
}
