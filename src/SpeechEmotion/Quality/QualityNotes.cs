using System.Globalization;
using SpeechEmotion.Results;

namespace SpeechEmotion.Quality;

/// <summary>The note for each reason: what was measured, and what to do.</summary>
internal static class QualityNotes
{
    public static QualityNote Silence(double level) => Note(
        QualityReason.Silence, level, 0,
        "The recording is practically silent: the loudest sound is {0} dBFS. Check the microphone, and that this is the right recording.",
        "几乎没有声音：最响处只有 {0} dBFS。请检查麦克风，并确认选对了录音。");

    public static QualityNote NoSpeech(double seconds) => Note(
        QualityReason.NoSpeech, seconds, 1,
        "No speech was found in {0} s; the answer covers other sound. Check that this is the right recording.",
        "{0} 秒录音中没有检测到说话；结果只反映其他声音。请确认选对了录音。");

    public static QualityNote MostlySilent(double percent) => Note(
        QualityReason.MostlySilent, percent, 0,
        "Only {0} % of the recording is speech, and silence changes this model's answer."
        + " Cut the silence off, or skip it with silence=skip.",
        "录音中只有 {0} % 是语音，而静音会影响该模型的结果。请剪去静音，或用 silence=skip 略过静音。");

    public static QualityNote ChannelsCancel(double percent) => Note(
        QualityReason.ChannelsCancel, percent, 0,
        "The channels cancel each other in {0} % of the sound, as if one lead were swapped, so the loudest channel was processed there"
        + " instead of their average. Check the wiring, or process the channels separately (channels split).",
        "{0} % 的声音中各声道相互抵消（可能有一路接反），该处已改用最响的声道而非各声道的平均。"
        + "请检查接线，或分声道识别（channels 设为 split）。");

    public static QualityNote TooShort(double seconds) => Note(
        QualityReason.TooShort, seconds, 2,
        "There is only {0} s of sound. Record at least 1 s of speech; 3 to 10 s are best.",
        "有声部分只有 {0} 秒。请录制至少 1 秒的语音，3 到 10 秒效果最好。");

    public static QualityNote Clipping(double percent) => Note(
        QualityReason.Clipping, percent, 2,
        "The recording is overdriven: {0} % of its samples are cut off. Record again with the input level turned down.",
        "录音过载：{0} % 的采样被削顶。请调低录音音量后重新录制。");

    public static QualityNote LowLevel(double level) => Note(
        QualityReason.LowLevel, level, 1,
        "The sound is very quiet: {0} dBFS. Speak closer to the microphone, or turn the input level up.",
        "声音很小：{0} dBFS。请靠近麦克风，或调高录音音量。");

    public static QualityNote BandLimited(double level) => Note(
        QualityReason.BandLimited, level, 1,
        "There is almost no energy above 4 kHz ({0} dB): telephone audio, or a recording of 8 kHz."
        + " If the original has 16 kHz or more, use that.",
        "4 kHz 以上几乎没有能量（{0} dB）：可能是电话录音或 8 kHz 录音。如有 16 kHz 或更高采样率的原始录音，请改用它。");

    public static QualityNote LowConfidence(double percent) => Note(
        QualityReason.LowConfidence, percent, 1,
        "The model is uncertain: its confidence is only {0} %. Look at the scores of the other emotions, or have a person listen.",
        "模型不够确定：置信度只有 {0} %。请参考其他情感的得分，或由人工复核。");

    /// <param name="seconds">The duration of the missing sound; 0 if only the bytes are known.</param>
    /// <param name="bytes">The number of bytes that could not be decoded.</param>
    public static QualityNote Incomplete(double seconds, long bytes) => seconds > 0
        ? Note(
            QualityReason.Incomplete, seconds, 1,
            "The recording is incomplete: {0} s are missing or cannot be decoded; the answer covers the rest."
            + " Export or download it again.",
            "录音不完整：其中 {0} 秒缺失或无法解码，结果只反映其余部分。请重新导出或下载。")
        : Note(
            QualityReason.Incomplete, bytes / 1000.0, 1,
            "A part of the recording was skipped: {0} kB of the file cannot be decoded; the answer covers the rest."
            + " Export it again, or convert it to WAV.",
            "录音有一部分被略过：文件中 {0} kB 无法解码，结果只反映其余部分。请重新导出，或转换为 WAV。");

    private static QualityNote Note(QualityReason reason, double value, int decimals, string text, string textZh)
    {
        var rounded = Math.Round(value, decimals);
        var shown = rounded.ToString("F" + decimals, CultureInfo.InvariantCulture);
        return new(
            reason, rounded, text.Replace("{0}", shown, StringComparison.Ordinal),
            textZh.Replace("{0}", shown, StringComparison.Ordinal));
    }
}
