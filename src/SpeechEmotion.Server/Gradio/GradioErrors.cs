using SpeechEmotion.Errors;
using SpeechEmotion.Server.Http;

namespace SpeechEmotion.Server.Gradio;

/// <summary>The errors that only Gradio clients receive, each with its code and both texts.</summary>
internal static class GradioErrors
{
    public static RequestException NoAudio() => new(
        422, "gradio.no_audio", "Please upload an audio file.", "请上传音频文件。");

    public static RequestException NotHere(string path) => new(
        403, "gradio.path_refused", $"File {RequestErrors.Shown(path)} is not in the cache folder and cannot be accessed. Upload it first.",
        $"文件 {RequestErrors.Shown(path)} 不在缓存目录中，无法访问。请先上传。");

    public static RequestException BadAudioValue() => new(
        422, "gradio.bad_audio", "The audio is neither an uploaded file nor base64 data.", "音频既不是已上传的文件，也不是 base64 数据。");

    public static RequestException BadBase64() => new(
        422, "gradio.bad_base64", "The audio's base64 data are malformed.", "音频的 base64 数据格式不正确。");

    public static RequestException NotAChoice(string value) => new(
        422, "gradio.not_a_choice", $"Value: '{RequestErrors.Shown(value)}' is not in the list of choices: ['utterance', 'frame']",
        $"粒度只能是 utterance 或 frame，不能是 {RequestErrors.Shown(value)}。");

    public static RequestException NotAFlag(string value) => new(
        422, "gradio.not_a_flag", $"extract_embedding is true or false, not {RequestErrors.Shown(value)}.",
        $"extract_embedding 只能是 true 或 false，不能是 {RequestErrors.Shown(value)}。");

    public static RequestException TooManySessions() => new(
        503, "gradio.too_many_sessions", "Too many sessions are open. Try again in a minute.", "会话过多，请一分钟后重试。")
    { RetryAfter = 60 };

    public static RequestException Deleted() => new(
        410, "gradio.deleted", "The result was deleted.", "识别结果已被删除。");

    public static RequestException Cancelled() => new(409, "gradio.cancelled", "The recognition was cancelled.", "识别已取消。");

    /// <summary>Returns the message for people: in the requested language, or in both languages if none is requested.</summary>
    public static string Text(SpeechEmotionException error, string? language) =>
        language is null ? $"{error.TextIn("en")} / {error.TextIn("zh")}" : error.TextIn(language);
}
