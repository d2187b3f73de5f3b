using System.CommandLine;
using SpeechEmotion.Audio.Raw;
using SpeechEmotion.Inference;
using SpeechEmotion.Live;
using SpeechEmotion.Quantization;
using SpeechEmotion.Results;

namespace SpeechEmotion.Cli;

/// <summary><c>ser live</c>: recognizes raw sound from standard input while it is recorded.</summary>
internal static class LiveCommand
{
    private static readonly Option<string?> ModelOption = new("--model") { Description = "Name of a model / 模型名称", HelpName = "ID" };

    private static readonly Option<string?> ModelDirectory = new("--model-dir")
    {
        Description = "A FunASR model folder / FunASR 模型文件夹",
        HelpName = "DIR",
    };

    private static readonly Option<ModelPrecision> Precision = PrecisionOption.Create();

    private static readonly Option<ComputeDevice> Device = DeviceOption.Create();

    private static readonly Option<int> Rate = NumberOption.CreateWhole(
        "--rate", "Sample rate in Hz / 采样率", "HZ", 4000, 384_000, SampleRate.Hz);

    private static readonly Option<int> Channels = NumberOption.CreateWhole(
        "--channels", "Channels, which are averaged / 声道数", "N", 1, 64, 1);

    private static readonly Option<string> Encoding = new("--encoding")
    {
        Description = "Samples of 16-bit integers or of floats / 采样编码",
        HelpName = string.Join('|', RawEncoding.All.Select(encoding => encoding.Key)),
        DefaultValueFactory = _ => RawEncoding.Integers.Key,
    };

    private static readonly Option<double> Hop = NumberOption.Create(
        "--hop", "Seconds between two partials, 0.25-5 / 更新间隔秒数", "S", 0.25, 5, 1);

    private static readonly Option<double> Window = NumberOption.Create(
        "--window", "Seconds that a partial covers, 1-10 / 窗口秒数", "S", 1, 10, 3);

    private static readonly Option<bool> JsonOption = new("--json") { Description = "One JSON object a line / 每行一个 JSON 对象" };

    public static Command Create()
    {
        Encoding.AcceptOnlyFromAmong([.. RawEncoding.All.Select(encoding => encoding.Key)]);
        var command = new Command(
            "live",
            "Recognize the emotion of raw sound from standard input: arecord -t raw -f S16_LE -r 16000 | ser live"
            + " / 实时识别标准输入的原始音频")
        {
            ModelOption, ModelDirectory, Precision, Device, Rate, Channels, Encoding, Hop, Window, JsonOption, Language.Option,
        };
        command.SetAction((parsed, ct) => Task.Run(() => Run(parsed, ct), ct));
        return command;
    }

    private static int Run(ParseResult parsed, CancellationToken ct)
    {
        var language = Language.Of(parsed);
        using var input = StandardInput.Open();
        using var recognizer = EmotionRecognizer.Load(
            new()
            {
                Model = parsed.GetValue(ModelOption),
                ModelDirectory = parsed.GetValue(ModelDirectory),
                Precision = parsed.GetValue(Precision),
                Load = new() { Device = parsed.GetValue(Device) },
            },
            new ImportProgressLine(language), ct);
        Console.Error.WriteLine(ModelNotice.For(recognizer, language));
        var live = new LiveRecognition(recognizer, new()
        {
            SampleRate = parsed.GetValue(Rate),
            Channels = parsed.GetValue(Channels),
            Hop = TimeSpan.FromSeconds(parsed.GetValue(Hop)),
            Window = TimeSpan.FromSeconds(parsed.GetValue(Window)),
        });
        var samples = new RawSamples(
            input, RawEncoding.FromKey(parsed.GetValue(Encoding)!)!, parsed.GetValue(Rate), parsed.GetValue(Channels));
        new LiveRun(live, Console.OpenStandardOutput(), parsed.GetValue(JsonOption), language).All(samples, ct);
        return ExitCode.Success;
    }
}
