using SpeechEmotion.Server.Http;

using static SpeechEmotion.Server.Http.RequestErrors;

namespace SpeechEmotion.Server.Engine;

/// <summary>The errors of downloading, using and removing models, each with its code and both texts.</summary>
internal static class ModelErrors
{
    public static RequestException InUse(string id) => new(
        409, "model.in_use", $"{Shown(id)} is the model in use. Use another model first.", $"{Shown(id)} 是正在使用的模型。请先换用其他模型。");

    public static RequestException Switching(string id) => new(
        409, "model.switching", $"The model {Shown(id)} is being loaded. Try again when it is ready.", $"正在加载模型 {Shown(id)}，请完成后再试。");

    public static RequestException Installed(string id) => new(
        409, "model.installed", $"The model {Shown(id)} is already installed and checked.", $"模型 {Shown(id)} 已安装，并已通过校验。");

    public static RequestException Downloading(string id) => new(
        409, "model.downloading", $"The model {Shown(id)} is being downloaded. Wait until it is finished, or cancel it.",
        $"正在下载模型 {Shown(id)}。请等待完成，或先取消。");

    public static RequestException TooManyDownloads(int most) => new(
        429, "download.too_many", $"{most} models are already being downloaded. Wait until one is finished.",
        $"已有 {most} 个模型在下载，请等其中一个完成。");

    public static RequestException NoAnswer(int seconds) => new(
        504, "download.unreachable",
        $"No model site answered within {seconds} s. Check this server's network and its proxy (HTTPS_PROXY), or use another site.",
        $"{seconds} 秒内没有模型站点应答。请检查服务器的网络和代理（HTTPS_PROXY），或改用其他站点。");

    public static RequestException NotDownloading(string id) => new(
        404, "download.none", $"The model {Shown(id)} is not being downloaded.", $"没有在下载模型 {Shown(id)}。");

    public static RequestException Shipped(string id) => new(
        409, "model.shipped", $"{Shown(id)} is part of the product and cannot be removed.", $"{Shown(id)} 随产品附带，不能删除。");

    public static RequestException Elsewhere(string id, string directory) => new(
        409, "model.not_in_store", $"{Shown(id)} is not in the store but in {directory}. Remove it there.",
        $"{Shown(id)} 不在模型库中，而在 {directory}。请到那里删除。");

    public static RequestException FeaturesOnly(string id) => new(
        422, "model.features_only", $"The model {Shown(id)} produces features but no emotions. Use another model.",
        $"模型 {Shown(id)} 只输出特征、不输出情感。请改用其他模型。");
}
