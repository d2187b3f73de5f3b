using System.Globalization;
using SpeechEmotion.Errors;
using SpeechEmotion.Inference;
using SpeechEmotion.Results;

namespace SpeechEmotion.Pipeline;

/// <summary>Errors of a recognition, each with its code and both texts.</summary>
internal static class RecognitionErrors
{
    /// <summary>The recording is shorter than one frame.</summary>
    public static AudioException TooShort(long samples, int minSamples)
    {
        var (got, least) = (samples * 1000 / SampleRate.Hz, minSamples * 1000 / SampleRate.Hz);
        return new(
            "audio.too_short", $"The recording has only {got} ms of audio; at least {least} ms are needed, and 1 s or more is better.",
            $"录音只有 {got} 毫秒；至少需要 {least} 毫秒，建议 1 秒以上。");
    }

    /// <summary>The recording is too long for the model to process it whole.</summary>
    public static ModelException TooLong(IEmotionModel model, int most)
    {
        var seconds = (most / SampleRate.Hz).ToString(CultureInfo.InvariantCulture);
        var (why, whyZh) = most == model.MaxSamples
            ? ("processes at most", "最多一次处理") : ("has memory on this machine for at most", "在本机内存下最多一次处理");
        return new(
            "model.too_long",
            $"The whole recording was to be processed at once, but the model {model.Identity.Id} {why} {seconds} s."
            + " Process it by segments (segments auto or always).",
            $"要求整段识别，但模型 {model.Identity.Id} {whyZh} {seconds} 秒。请改用分段识别（segments 设为 auto 或 always）。");
    }

    /// <summary>The model has no label head.</summary>
    public static ModelException FeaturesOnly(string model) => new(
        "model.features_only",
        $"The model {model} gives features but no emotions: it has no label head."
        + " Use emotion2vec_plus_large, _plus_base, _plus_seed or compact.",
        $"模型 {model} 只输出特征、不输出情感（没有分类头）。请改用 emotion2vec_plus_large、_plus_base、_plus_seed 或 compact。");

    /// <summary>The weights of the model are damaged.</summary>
    public static ModelException NotFinite(string model) => new(
        "model.not_finite",
        $"The model {model} returned numbers that are not finite. Its weights are damaged: download or import it again.",
        $"模型 {model} 输出了非有限数值，权重可能已损坏，请重新获取。");
}
