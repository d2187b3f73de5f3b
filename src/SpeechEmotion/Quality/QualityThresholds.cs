namespace SpeechEmotion.Quality;

/// <summary>
/// The thresholds at which an answer counts as weak. The levels were set on acted emotional speech (EMO-DB, RAVDESS, nEMO: 1,291
/// clips): none of these is reported as silent, too short, clipped or band-limited, and 0.3 % are reported as very quiet.
/// </summary>
internal static class QualityThresholds
{
    /// <summary>dBFS (RMS of 20 ms). A lower level counts as silence: the absolute gate of EBU R 128.</summary>
    public const double SilenceLevel = -70;

    /// <summary>
    /// dB. A level further below the loudest 0.2 s counts as a pause: the range of levels within continuous speech.
    /// </summary>
    public const double SpeechRange = 30;

    /// <summary>Percent of a recording. With less speech, the silence distorts the answer of a model that processes it.</summary>
    public const double SpeechShare = 60;

    /// <summary>Seconds of sound. The shortest acted sentence that was measured has 0.8 s.</summary>
    public const double ShortestSound = 0.5;

    /// <summary>
    /// Percent of the samples. Undamaged speech has none; of the clips overdriven by 3 dB 56 % exceed this, by 6 dB 98 %.
    /// </summary>
    public const double ClippedShare = 0.1;

    /// <summary>dBFS (RMS of the sound). In the quietest corpus, RAVDESS, 1.4 % of the clips are below this level.</summary>
    public const double LowLevel = -55;

    /// <summary>
    /// dB: energy above 4.75 kHz relative to all energy. Measured: wide-band speech at least -42.6, the same speech after resampling
    /// to 8 kHz at most -64.3.
    /// </summary>
    public const double HighBandLevel = -52;

    /// <summary>Hz. A recording of this sample rate or less has nothing above 4 kHz.</summary>
    public const int TelephoneSampleRate = 8000;

    /// <summary>The share of the energy in which channels cancel each other: less is a passing sound, not a swapped lead.</summary>
    public const double CancelledShare = 0.1;

    /// <summary>Percent. Below it, all other emotions together are more likely than the answer.</summary>
    public const double Confidence = 50;
}
