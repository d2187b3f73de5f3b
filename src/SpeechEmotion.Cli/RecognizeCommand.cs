using System.CommandLine;
using SpeechEmotion.Inference;
using SpeechEmotion.Outputs;
using SpeechEmotion.Quantization;
using SpeechEmotion.Results;

namespace SpeechEmotion.Cli;

/// <summary><c>ser recognize</c>: recognizes files, folders and standard input.</summary>
internal static class RecognizeCommand
{
    private static readonly Argument<string[]> Inputs = new("FILE|DIR|-")
    {
        Description = "Recordings, folders of recordings, or - for standard input / 录音文件、文件夹，或 - 表示标准输入",
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<string?> ModelOption = new("--model")
    {
        Description = "Name of a model (ser models list) / 模型名称",
        HelpName = "ID",
    };

    private static readonly Option<string?> ModelDirectory = new("--model-dir")
    {
        Description = "A FunASR model folder; imported once / FunASR 模型文件夹",
        HelpName = "DIR",
    };

    private static readonly Option<ModelPrecision> Precision = PrecisionOption.Create();

    private static readonly Option<ComputeDevice> Device = DeviceOption.Create();

    private static readonly Option<Granularity> GranularityOption = ChoiceOption.Create<Granularity>(
        "--granularity", "One result, or also every 20 ms / 粒度");

    private static readonly Option<bool> EmbeddingOption = new("--embedding") { Description = "Also write embedding.npy / 同时写出特征" };

    private static readonly Option<string?> OutputOption = new("--output")
    {
        Description = "Write an output folder for each file below DIR / 在 DIR 下写出结果文件夹",
        HelpName = "DIR",
    };

    private static readonly Option<bool> JsonOption = new("--json") { Description = "One JSON object a line / 每行一个 JSON 对象" };

    private static readonly Option<double> MaxHours = NumberOption.Create(
        "--max-hours", "Refuse longer recordings / 拒绝更长的录音", "N", 0.001, 8760, Audio.AudioLimits.Default.MaxDuration.TotalHours);

    public static Command Create()
    {
        OutputOption.Validators.Add(UsageErrors.RefuseEmpty);
        ModelOption.Validators.Add(UsageErrors.RefuseEmpty);
        ModelDirectory.Validators.Add(UsageErrors.RefuseEmpty);
        var command = new Command("recognize", "Recognize the emotion of recordings / 识别录音的情感")
        {
            Inputs, ModelOption, ModelDirectory, Precision, Device, GranularityOption, EmbeddingOption, OutputOption, JsonOption, MaxHours,
            Language.Option,
        };
        foreach (var option in TimelineOptions.All())
            command.Add(option);
        command.Validators.Add(result =>
        {
            if (UsageErrors.Says(result, GranularityOption, "frame") && TimelineOptions.AreSplit(result))
                result.AddError("--granularity frame and --channels split exclude each other. / 不能同时使用。");
        });
        command.SetAction((parsed, ct) => Task.Run(() => RunAsync(parsed, ct), ct));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken ct)
    {
        var inputs = parsed.GetRequiredValue(Inputs);
        var language = Language.Of(parsed);
        using var recognizer = EmotionRecognizer.Load(
            new()
            {
                Model = parsed.GetValue(ModelOption),
                ModelDirectory = parsed.GetValue(ModelDirectory),
                Precision = parsed.GetValue(Precision),
                Load = new() { MapWeights = inputs.Length == 1 && !Directory.Exists(inputs[0]), Device = parsed.GetValue(Device) },
            },
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
            Options = TimelineOptions.Apply(
                new()
                {
                    Granularity = parsed.GetValue(GranularityOption),
                    Embedding = embedding,
                    Limits = Audio.AudioLimits.Default with { MaxDuration = TimeSpan.FromHours(parsed.GetValue(MaxHours)) },
                },
                parsed),
        };
        return await run.AllAsync(RecordingFiles.Expand(inputs, language, ct), ct);
    }
}
