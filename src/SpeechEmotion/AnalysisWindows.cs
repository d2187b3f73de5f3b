using SpeechEmotion.Audio;
using SpeechEmotion.Errors;

namespace SpeechEmotion;

/// <summary>
/// Cuts a waveform into what a model hears at once: a recording of up to 30 s whole, as the reference does; a longer one
/// in consecutive windows of at most 15 s. Needs 30 s of memory, whatever the length.
/// </summary>
internal static class AnalysisWindows
{
    private const int Rate = 16000;
    private const int Longest = 30 * Rate;

    /// <summary>The most that a model hears at once of a recording; of one whose length is not known, the most there is.</summary>
    /// <param name="recording">Its length.</param>
    public static TimeSpan Heard(TimeSpan? recording) => recording <= TimeSpan.FromSeconds(Longest / Rate)
        ? recording.Value
        : TimeSpan.FromSeconds(recording is null ? Longest / Rate : (Step + Overlap) / (double)Rate);

    /// <summary>One frame each 20 ms.</summary>
    public const int Hop = 320;

    /// <summary>A frame hears 25 ms, so windows overlap by 5 ms: then their frames form one grid without a gap.</summary>
    private const int Overlap = 80;

    /// <summary>749 frames: the most that fit in 15 s with the overlap.</summary>
    private const int Step = 749 * Hop;

    /// <summary>The windows in order.</summary>
    /// <exception cref="AudioException"><c>audio.too_short</c>: there is less than one frame.</exception>
    public static IEnumerable<AnalysisWindow> Split(WaveformReader waveform, int minSamples, CancellationToken ct)
    {
        var buffer = new float[Longest + 1];
        var filled = Fill(waveform, buffer, 0, ct);
        if (filled < minSamples)
            throw TooShort(filled, minSamples);
        if (filled <= Longest)
        {
            yield return new(0, buffer.AsMemory(0, filled), filled, true);
            yield break;
        }
        long start = 0;
        for (; filled > 2 * Step; filled = Fill(waveform, buffer, filled - Step, ct))
        {
            yield return new(start, buffer.AsMemory(0, Step + Overlap), Step, false);
            start += Step;
            buffer.AsSpan(Step, filled - Step).CopyTo(buffer);
        }
        // What is left is 15 to 30 s: two halves on the same grid, so that no window is too short to tell anything.
        var half = filled / 2 / Hop * Hop;
        yield return new(start, buffer.AsMemory(0, half + Overlap), half, false);
        yield return new(start + half, buffer.AsMemory(half, filled - half), filled - half, false);
    }

    private static int Fill(WaveformReader waveform, float[] buffer, int filled, CancellationToken ct)
    {
        while (filled < buffer.Length)
        {
            ct.ThrowIfCancellationRequested();
            var read = waveform.Read(buffer.AsSpan(filled));
            if (read == 0)
                break;
            filled += read;
        }
        return filled;
    }

    private static AudioException TooShort(int samples, int minSamples)
    {
        var (got, least) = (samples * 1000 / Rate, minSamples * 1000 / Rate);
        return new(
            "audio.too_short", $"The recording has only {got} ms of audio; at least {least} ms are needed, and 1 s or more is better.",
            $"录音只有 {got} 毫秒；至少需要 {least} 毫秒，建议 1 秒以上。");
    }
}
