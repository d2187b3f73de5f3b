using System.Globalization;
using SpeechEmotion.Audio;
using SpeechEmotion.Audio.Files;
using SpeechEmotion.Errors;
using SpeechEmotion.Inference;
using SpeechEmotion.Outputs.Json;
using SpeechEmotion.Results;

namespace SpeechEmotion.Verification;

/// <summary>Whether the sounds, the model and the engine are those that a result names.</summary>
internal static class SoundChecks
{
    /// <summary>
    /// Of 84 pieces of real speech in 44.1 kHz and at all levels, from 70 dB on scores moved by 0.0023 at most, and below that now and
    /// then by more than is allowed.
    /// </summary>
    private const double DecidingSnr = 70;

    private const string ProcessedKey = "processed_audio.sha256", SourceKey = "source.sha256";

    /// <summary>The sound of the folder. What is wrong with it is a check that failed.</summary>
    public static VerificationCheck OfProcessed(ProcessedAudioFile file, Provenance provenance, CancellationToken ct)
    {
        if (provenance.ProcessedAudio is not { } written)
        {
            return new(
                ProcessedKey, CheckOutcome.Failed, "result.json does not name the SHA-256 of processed_audio.wav",
                "result.json 没有记录 processed_audio.wav 的 SHA-256");
        }
        try
        {
            return file.Read(ct) == (written.Sha256, written.Samples)
                ? new(
                    ProcessedKey, CheckOutcome.Passed, $"processed_audio.wav is what the model processed: SHA-256 {written.Sha256}",
                    $"processed_audio.wav 就是模型听到的声音：SHA-256 {written.Sha256}")
                : new(
                    ProcessedKey, CheckOutcome.Failed, "processed_audio.wav is not what the model processed: its SHA-256 is another",
                    "processed_audio.wav 不是模型听到的声音：SHA-256 不符");
        }
        catch (AudioException e)
        {
            return new(ProcessedKey, CheckOutcome.Failed, e.Message, e.MessageZh);
        }
    }

    /// <summary>The recording.</summary>
    /// <exception cref="AudioException">It cannot be read.</exception>
    public static VerificationCheck OfSource(string path, Provenance provenance, CancellationToken ct)
    {
        if (!File.Exists(path))
            throw AudioErrors.NotFound(path);
        if (!RegularFile.Is(path))
            throw AudioErrors.NotAFile(path);
        var name = Path.GetFileName(path);
        if (provenance.Source is not { } written)
        {
            return new(
                SourceKey, CheckOutcome.Failed, $"result.json names no recording, so that {name} cannot be told to be the one",
                $"result.json 没有记录录音，无法确定 {name} 是否为原录音");
        }
        var (hash, bytes) = SourceDigest.Of(path, ct);
        return hash == written.Sha256 && bytes == written.Bytes
            ? new(SourceKey, CheckOutcome.Passed, $"{name} is the recording: SHA-256 {hash}", $"{name} 就是原录音：SHA-256 {hash}")
            : new(
                SourceKey, CheckOutcome.Failed, $"{name} is not the recording: its SHA-256 is {hash}, not {written.Sha256}",
                $"{name} 不是原录音：SHA-256 为 {hash}，而非 {written.Sha256}");
    }

    /// <summary>The average of channels that were heard each by itself cannot give the answer again.</summary>
    public static VerificationCheck MixOnly(bool alone) => new(
        "processed_audio.scores", CheckOutcome.Skipped,
        "not computed again from processed_audio.wav: the channels were heard each by itself, and it holds their average."
            + (alone ? " Give the recording: --audio FILE" : ""),
        "未由 processed_audio.wav 重新计算：各声道是分别识别的，而该文件只有它们的平均。" + (alone ? "请给出原录音：--audio 文件" : ""));

    /// <summary>
    /// Whether the sound of the folder tells an answer that was changed from one that rounding has moved: where a recording was
    /// quiet or overdriven, the rounded sound may be heard otherwise.
    /// </summary>
    public static bool Decides(Provenance provenance) => provenance.ProcessedAudio?.RoundingSnr is null or >= DecidingSnr;

    /// <summary>A difference that rounding may have made: it proves nothing, either way.</summary>
    public static VerificationCheck Undecided(VerificationCheck check, double snr, bool alone)
    {
        if (check is not { Outcome: CheckOutcome.Failed } || (check.Difference is null && !check.Key.EndsWith(".label", StringComparison.Ordinal)))
            return check;
        var level = snr.ToString("F0", CultureInfo.InvariantCulture);
        return check with
        {
            Outcome = CheckOutcome.Skipped,
            Text = $"{check.Text}. That proves nothing: quiet or overdriven as it is, the sound lost too much when it was rounded to 16 bits (SNR {level} dB)."
                + (alone ? " Give the recording: --audio FILE" : ""),
            TextZh = $"{check.TextZh}。这不能说明问题：录音过轻或过载，舍入为 16 位时损失过多（信噪比 {level} dB）。" + (alone ? "请给出原录音：--audio 文件" : ""),
        };
    }

    /// <summary>The model is here.</summary>
    public static VerificationCheck Model(StoredResult result) => new(
        "model", CheckOutcome.Passed, $"the model is here: {result.ModelId} ({result.Precision}, {result.ModelHash})",
        $"本机有该模型：{result.ModelId}（{result.Precision}，{result.ModelHash}）");

    /// <summary>Says that another program, engine or device computes now, where one does.</summary>
    public static VerificationCheck? OtherEngine(Provenance written, EmotionRecognizer recognizer)
    {
        var before = $"{written.Version}, {written.Runtime}, {written.Device}";
        var now = $"{ProductVersion.Text}, {recognizer.Model.Runtime}, {recognizer.Device.Key()}";
        return before == now
            ? null
            : new(
                "runtime", CheckOutcome.Skipped, $"made by {before}; here {now} computes, so the last decimals may differ",
                $"结果由 {before} 得出；此处由 {now} 计算，末位小数可能不同");
    }
}
