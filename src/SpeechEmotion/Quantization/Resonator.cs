using SpeechEmotion.Results;

namespace SpeechEmotion.Quantization;

/// <summary>A second-order resonator at 16 kHz, the building block of formant synthesis (Klatt 1980).</summary>
internal sealed class Resonator
{
    private const float Rate = SampleRate.Hz;

    private float _a = 1, _b, _c, _last, _beforeLast;

    /// <summary>Tunes the resonator without resetting its state.</summary>
    /// <param name="frequency">The frequency in Hz.</param>
    /// <param name="bandwidth">The bandwidth in Hz.</param>
    public void Tune(float frequency, float bandwidth)
    {
        _c = -MathF.Exp(-2 * MathF.PI * bandwidth / Rate);
        _b = 2 * MathF.Exp(-MathF.PI * bandwidth / Rate) * MathF.Cos(2 * MathF.PI * frequency / Rate);
        _a = 1 - _b - _c;
    }

    public float Filter(float x)
    {
        var y = (_a * x) + (_b * _last) + (_c * _beforeLast);
        (_beforeLast, _last) = (_last, y);
        return y;
    }
}
