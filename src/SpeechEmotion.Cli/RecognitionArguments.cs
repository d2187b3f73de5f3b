using System.CommandLine;
using SpeechEmotion.Audio;
using SpeechEmotion.Inference;
using SpeechEmotion.Options;
using SpeechEmotion.Quantization;
using SpeechEmotion.Results;

namespace SpeechEmotion.Cli;

/// <summary>The options that say how recordings are recognized, one or thousands.</summary>
internal static class RecognitionArguments
{
    private static readonly Option<string?> Model = new("--model")
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

    private static readonly Option<double> MaxHours = NumberOption.Create(
        "--max-hours", "Refuse longer recordings / 拒绝更长的录音", "N", 0.001, 8760, AudioLimits.Default.MaxDuration.TotalHours);

    /// <summary>Adds the options to a command.</summary>
    public static void AddTo(Command command)
    {
        if (Model.Validators.Count == 0)
        {
            Model.Validators.Add(UsageErrors.RefuseEmpty);
            ModelDirectory.Validators.Add(UsageErrors.RefuseEmpty);
        }
        Option[] options = [Model, ModelDirectory, Precision, Device, GranularityOption, MaxHours, .. TimelineOptions.All];
        foreach (var option in options)
            command.Add(option);
        command.Validators.Add(result =>
        {
            if (UsageErrors.Says(result, GranularityOption, "frame") && TimelineOptions.AreSplit(result))
                result.AddError("--granularity frame and --channels split exclude each other. / 不能同时使用。");
        });
    }

    /// <summary>The model of the command line.</summary>
    public static RecognizerOptions RecognizerOf(ParseResult parsed, bool mapWeights) => new()
    {
        Model = parsed.GetValue(Model),
        ModelDirectory = parsed.GetValue(ModelDirectory),
        Precision = parsed.GetValue(Precision),
        Load = new() { MapWeights = mapWeights, Device = parsed.GetValue(Device) },
    };

    /// <summary>The options of the command line.</summary>
    public static BatchOptions OptionsOf(ParseResult parsed, bool embedding) => TimelineOptions.Apply(
        new()
        {
            Model = parsed.GetValue(Model),
            // The program that processes a batch may run in another folder.
            ModelDirectory = parsed.GetValue(ModelDirectory) is { } folder ? Path.GetFullPath(folder) : null,
            Precision = parsed.GetValue(Precision),
            Device = parsed.GetValue(Device),
            Granularity = parsed.GetValue(GranularityOption),
            Embedding = embedding,
            MaxHours = parsed.GetValue(MaxHours),
        },
        parsed);
}
