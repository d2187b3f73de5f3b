using System.CommandLine;
using System.Globalization;
using SpeechEmotion.Downloads;
using SpeechEmotion.Models;
using SpeechEmotion.Results;

namespace SpeechEmotion.Cli;

/// <summary><c>ser models pull</c>: the only command that uses the network.</summary>
internal static class PullCommand
{
    private static readonly Argument<string> ModelName = new("NAME")
    {
        Description = "A model of ser models list, or OWNER/NAME / 模型名称，或 所有者/名称",
    };

    private static readonly Option<string?> From = new("--from")
    {
        Description = "The hub, or the address of a folder with model.pt; by default the hub that answers first / 下载来源，默认取先应答者",
        HelpName = "modelscope|huggingface|URL",
    };

    private static readonly Option<string?> Mirror = new("--mirror")
    {
        Description = "A server to use instead of the hub (as HF_ENDPOINT does) / 镜像站点",
        HelpName = "URL",
    };

    private static readonly Option<string?> Proxy = new("--proxy")
    {
        Description = "A proxy; by default that of HTTPS_PROXY / 代理，默认取 HTTPS_PROXY",
        HelpName = "URL",
    };

    private static readonly Option<bool> Partial = new("--partial")
    {
        Description = "Only the needed parts, a third; not checked against the publisher's hash / 仅下载所需部分（约三分之一），不与发布者哈希核对",
    };

    private static readonly Option<bool> Keep = new("--keep") { Description = "Keep the downloaded files too / 同时保留下载的文件" };

    public static Command Create()
    {
        foreach (var option in new[] { From, Mirror, Proxy })
            option.Validators.Add(UsageErrors.RefuseEmpty);
        ModelName.Validators.Add(UsageErrors.RefuseEmpty);
        var command = new Command(
            "pull", "Download a model into the store; an interrupted download resumes / 下载模型并导入，可续传")
        {
            ModelName, From, Mirror, Proxy, Partial, Keep, Language.Option,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken ct)
    {
        var (name, language, pull) = (parsed.GetRequiredValue(ModelName), Language.Of(parsed), ModelPull.Default);
        var options = new PullOptions
        {
            From = parsed.GetValue(From),
            Mirror = parsed.GetValue(Mirror),
            Proxy = parsed.GetValue(Proxy),
            Partial = parsed.GetValue(Partial),
            Keep = parsed.GetValue(Keep),
        };
        if (pull.Find(name, options.Partial) is { } here)
        {
            Console.Error.WriteLine(
                language == "zh" ? "该模型已在本机，未使用网络。" : "The model is already on this machine; the network was not used.");
            return Report(here, language);
        }
        var offer = await pull.AskAsync(name, options, ct);
        Console.Error.WriteLine(Text(offer, language));
        try
        {
            return Report(await pull.FetchAsync(offer, options, new PullProgressLine(language), ct), language);
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine(language == "zh"
                ? "\n已下载的部分会保留，重新运行同一命令即可继续。"
                : "\nThe downloaded part is kept: run the same command again to resume.");
            throw;
        }
    }

    private static string Text(ModelOffer offer, string language)
    {
        var size = (offer.Size / 1e6).ToString("F1", CultureInfo.InvariantCulture);
        return language == "zh" ? $"{offer.Page}\n{size} MB，许可证：{offer.License}" : $"{offer.Page}\n{size} MB, license: {offer.License}";
    }

    private static int Report(ModelFolder folder, string language)
    {
        var manifest = folder.Manifest;
        Console.WriteLine($"{manifest.Id}  {manifest.Hash}  {folder.Directory}");
        Console.WriteLine(manifest.Check.TextIn(language));
        ReferenceReport.Write(manifest, language);
        return ExitCode.Success;
    }
}
