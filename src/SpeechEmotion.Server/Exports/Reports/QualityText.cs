using SpeechEmotion.Results;

namespace SpeechEmotion.Server.Exports.Reports;

/// <summary>
/// What a reason for a weak answer means and what to do: the texts of <see cref="QualityNote"/> without the measured value, because
/// a report names many recordings at once.
/// </summary>
internal static class QualityText
{
    private static readonly Dictionary<string, (string Text, string TextZh)> Texts = new(StringComparer.Ordinal)
    {
        ["silence"] = (
            "The recording is practically silent. Check the microphone, and that this is the right recording.",
            "几乎没有声音。请检查麦克风，并确认选对了录音。"),
        ["no_speech"] = (
            "No speech was found; the answer covers other sound. Check that this is the right recording.",
            "没有检测到说话；结果只反映其他声音。请确认选对了录音。"),
        ["channels_cancel"] = (
            "The channels cancel each other, so the loudest one was processed. Check the wiring, or process the channels separately.",
            "各声道相互抵消，该处已改用最响的声道。请检查接线，或分声道识别。"),
        ["mostly_silent"] = (
            "Less than 60 % of the recording is speech, and silence changes the model's answer. Cut the silence off, or skip it.",
            "录音中的语音不足 60 %，而静音会影响模型的结果。请剪去静音，或略过静音。"),
        ["too_short"] = (
            "There is less than half a second of sound. Record at least 1 s of speech; 3 to 10 s are best.",
            "有声部分不足半秒。请录制至少 1 秒的语音，3 到 10 秒效果最好。"),
        ["clipping"] = (
            "The recording is overdriven: its peaks are cut off. Record again with the input level turned down.",
            "录音过载：波形被削顶。请调低录音音量后重新录制。"),
        ["low_level"] = (
            "The sound is very quiet. Speak closer to the microphone, or turn the input level up.",
            "声音很小。请靠近麦克风，或调高录音音量。"),
        ["band_limited"] = (
            "There is almost no energy above 4 kHz: telephone audio, or a recording of 8 kHz. If the original has 16 kHz, use that.",
            "4 kHz 以上几乎没有能量：可能是电话录音或 8 kHz 录音。如有 16 kHz 的原始录音，请改用它。"),
        ["low_confidence"] = (
            "The model is uncertain: its confidence is below 50 %. Look at the scores of the other emotions, or have a person listen.",
            "模型不够确定：置信度低于 50 %。请参考其他情感的得分，或由人工复核。"),
        ["incomplete"] = (
            "A part of the recording is missing or cannot be decoded; the answer covers the rest. Export or download it again.",
            "录音有一部分缺失或无法解码，结果只反映其余部分。请重新导出或下载。"),
    };

    /// <summary>The explanation of a reason; empty for one that this version does not know.</summary>
    /// <param name="reason">The key of the reason.</param>
    /// <param name="language"><c>zh</c> (or any tag that begins so), otherwise English.</param>
    public static string Of(string reason, string language)
    {
        var (text, textZh) = Texts.GetValueOrDefault(reason, ("", ""));
        return language.StartsWith("zh", StringComparison.OrdinalIgnoreCase) ? textZh : text;
    }
}
