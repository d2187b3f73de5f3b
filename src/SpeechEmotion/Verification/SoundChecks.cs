using System.Globalization;
using SpeechEmotion.Audio;
using SpeechEmotion.Audio.Files;
using SpeechEmotion.Errors;
using SpeechEmotion.Inference;
using SpeechEmotion.Outputs.Json;
using SpeechEmotion.Results;

namespace SpeechEmotion.Verification;

/// <summary>Checks that the sounds, the model and the engine are those that a result names.</summary>
internal static class SoundChecks
{
    /// <summary>
    /// For 84 pieces of real speech in 44.1 kHz and at all levels, scores changed by at most 0.0023 from 70 dB on; below that, now and
    /// then by more than the limit.
    /// </summary>
    private const double DecidingSnr = 70;

    private const string ProcessedKey = "processed_audio.sha256", SourceKey = "source.sha256";

    /// <summary>Checks the sound in the folder. A fault in the file is a failed check, not an exception.</summary>
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
                    $"processed_audio.wav 就是模型处理的声音：SHA-256 {written.Sha256}")
                : new(
                    ProcessedKey, CheckOutcome.Failed, "processed_audio.wav is not what the model processed: its SHA-256 differs",
                    "processed_audio.wav 不是模型处理的声音：SHA-256 不符");
        }
        catch (AudioException e)
        {
            return new(ProcessedKey, CheckOutcome.Failed, e.Message, e.MessageZh);
        }
    }

    /// <summary>Checks the recording.</summary>
    /// <exception cref="AudioException">The recording cannot be read.</exception>
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
                SourceKey, CheckOutcome.Failed, $"result.json names no recording, so it is unknown whether {name} is the right one",
                $"result.json 没有记录录音，无法确定 {name} 是否为原录音");
        }
        var (hash, bytes) = SourceDigest.Of(path, ct);
        return hash == written.Sha256 && bytes == written.Bytes
            ? new(SourceKey, CheckOutcome.Passed, $"{name} is the recording: SHA-256 {hash}", $"{name} 就是原录音：SHA-256 {hash}")
            : new(
                SourceKey, CheckOutcome.Failed, $"{name} is not the recording: its SHA-256 is {hash}, not {written.Sha256}",
                $"{name} 不是原录音：SHA-256 为 {hash}，而非 {written.Sha256}");
    }

    /// <summary>The average of channels that were processed separately cannot give the same answer again.</summary>
    public static VerificationCheck MixOnly(bool alone) => new(
        "processed_audio.scores", CheckOutcome.Skipped,
        "not computed again from processed_audio.wav: the channels were processed separately, and it holds their average."
            + (alone ? " Give the recording: --audio FILE" : ""),
        "未由 processed_audio.wav 重新计算：各声道是分别识别的，而该文件只有它们的平均。" + (alone ? "请给出原录音：--audio 文件" : ""));

    /// <summary>
    /// Whether the sound in the folder distinguishes a changed answer from the effect of rounding: for a quiet or overdriven recording,
    /// the model may give another answer for the rounded sound.
    /// </summary>
    public static bool Decides(Provenance provenance) => provenance.ProcessedAudio?.RoundingSnr is null or >= DecidingSnr;

    /// <summary>A difference that rounding may have caused: it proves nothing, either way.</summary>
    public static VerificationCheck Undecided(VerificationCheck check, double snr, bool alone)
    {
        if (check is not { Outcome: CheckOutcome.Failed }
            || (check.Difference is null && !check.Key.EndsWith(".label", StringComparison.Ordinal)))
        {
            return check;
        }
        var level = snr.ToString("F0", CultureInfo.InvariantCulture);
        return check with
        {
            Outcome = CheckOutcome.Skipped,
            Text = $"{check.Text}. That proves nothing: the sound is quiet or overdriven, and rounding it to 16 bits lost too much"
                + $" (SNR {level} dB)." + (alone ? " Give the recording: --audio FILE" : ""),
            TextZh = $"{check.TextZh}。这不能说明问题：录音过轻或过载，舍入为 16 位时损失过多（信噪比 {level} dB）。"
                + (alone ? "请给出原录音：--audio 文件" : ""),
        };
    }

    /// <summary>Reports that the model is on this machine.</summary>
    public static VerificationCheck Model(StoredResult result) => new(
        "model", CheckOutcome.Passed, $"the model is here: {result.ModelId} ({result.Precision}, {result.ModelHash})",
        $"本机有该模型：{result.ModelId}（{result.Precision}，{result.ModelHash}）");

    /// <summary>Reports that another program, engine or device computes now; null if they are the same.</summary>
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
