using System.CommandLine;
using SpeechEmotion.Outputs;

namespace SpeechEmotion.Cli;

/// <summary><c>ser recognize</c>: recognizes files, folders and standard input.</summary>
internal static class RecognizeCommand
{
    private static readonly Argument<string[]> Inputs = new("FILE|DIR|-")
    {
        Description = "Recordings, folders of recordings, or - for standard input / 录音文件、文件夹，或 - 表示标准输入",
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<bool> EmbeddingOption = new("--embedding") { Description = "Also write embedding.npy / 同时写出特征" };

    private static readonly Option<string?> OutputOption = new("--output")
    {
        Description = "Write an output folder for each file below DIR / 在 DIR 下写出结果文件夹",
        HelpName = "DIR",
    };

    private static readonly Option<bool> JsonOption = new("--json") { Description = "One JSON object a line / 每行一个 JSON 对象" };

    public static Command Create()
    {
        OutputOption.Validators.Add(UsageErrors.RefuseEmpty);
        var command = new Command("recognize", "Recognize the emotion of recordings / 识别录音的情感")
        {
            Inputs, EmbeddingOption, OutputOption, JsonOption, TimelineOptions.Export, Language.Option,
        };
        RecognitionArguments.AddTo(command);
        command.SetAction((parsed, ct) => Task.Run(() => RunAsync(parsed, ct), ct));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken ct)
    {
        var inputs = parsed.GetRequiredValue(Inputs);
        var language = Language.Of(parsed);
        using var recognizer = EmotionRecognizer.Load(
            RecognitionArguments.RecognizerOf(parsed, mapWeights: inputs.Length == 1 && !Directory.Exists(inputs[0])),
            new ImportProgressLine(language), ct);
        Console.Error.WriteLine(ModelNotice.For(recognizer, language));
        var embedding = parsed.GetValue(EmbeddingOption);
        var exports = TimelineOptions.ExportsOf(parsed);
        var outputRoot = parsed.GetValue(OutputOption) ?? (embedding || exports.Count > 0 ? "outputs" : null);
        if (outputRoot is not null)
            OutputFolder.RemoveAbandoned(outputRoot);
        var run = new RecognizeRun(recognizer, Console.OpenStandardOutput(), parsed.GetValue(JsonOption), language)
        {
            OutputRoot = outputRoot,
            Exports = exports,
            Options = RecognitionArguments.OptionsOf(parsed, embedding).ForRecording(),
        };
        return await run.AllAsync(RecordingFiles.Expand(inputs, language, ct), ct);
    }
}
