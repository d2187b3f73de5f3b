using SpeechEmotion.Results;

namespace SpeechEmotion.Quantization;

/// <summary>
/// Speech-like sound of a synthetic voice: glottal pulses and breath through four formants, in syllables, phrases and pauses.
/// It has no words, but the pitch, loudness, pace and spectrum of speech in many moods.
/// </summary>
internal sealed class SyntheticSpeech
{
    private const int Rate = SampleRate.Hz;

    /// <summary>Samples between two adjustments of the formants: 4 ms.</summary>
    private const int Step = 64;

    /// <summary>The first three formants of a man's vowels, in Hz (Peterson and Barney 1952).</summary>
    private static readonly float[][] Vowels =
    [
        [270, 2290, 3010], [390, 1990, 2550], [530, 1840, 2480], [660, 1720, 2410], [730, 1090, 2440],
        [570, 840, 2410], [440, 1020, 2240], [300, 870, 2240], [640, 1190, 2390], [490, 1350, 1690],
    ];

    private readonly NoiseSource _chance;
    private readonly Resonator[] _formants = [new(), new(), new(), new()];
    private readonly Resonator _hiss = new();
    private readonly float[] _now = [500, 1500, 2500];
    private readonly float _pitch, _range, _pace, _breath, _tract, _shake, _fall;
    private float _phase, _glottis, _tilted;

    /// <summary>Creates a random voice.</summary>
    public SyntheticSpeech(NoiseSource chance)
    {
        _chance = chance;
        _pitch = chance.BetweenRatios(75, 320);
        _range = chance.Between(0.03f, 0.6f);
        _pace = chance.BetweenRatios(2.2f, 7);
        _breath = chance.BetweenRatios(0.005f, 0.4f);
        _tract = chance.Between(0.95f, 1.25f);
        _shake = chance.BetweenRatios(0.002f, 0.05f);
        _fall = chance.Between(0, 0.85f);
    }

    /// <summary>Synthesizes this number of samples at 16 kHz; the loudest is 1.</summary>
    public float[] Speak(int count)
    {
        var samples = new float[count];
        for (var at = _chance.Below(Rate / 4); at < count; at += (int)(Rate * _chance.BetweenRatios(0.08f, 0.7f)))
        {
            var syllables = 2 + _chance.Below(8);
            for (var i = 0; i < syllables && at < count; i++)
                at = Syllable(samples, at, (float)i / syllables);
        }
        var loudest = Math.Max(1e-6f, samples.Max(Math.Abs));
        for (var i = 0; i < count; i++)
            samples[i] /= loudest;
        return samples;
    }

    private int Syllable(float[] samples, int at, float place)
    {
        var length = (int)(Rate / _pace * _chance.Between(0.6f, 1.4f));
        var consonant = (int)(length * _chance.Between(0.1f, 0.35f));
        var target = Vowels[_chance.Below(Vowels.Length)];
        var stress = _chance.Between(0.4f, 1);
        // Phrases begin high and fall; each syllable has a small pitch movement of its own.
        var pitch = _pitch * MathF.Pow(2, _range * (0.5f - place + _chance.Between(-0.5f, 0.5f)));
        var glide = _chance.Between(-0.15f, 0.15f) * _range;
        var voiced = _chance.Below(3) == 0;
        _hiss.Tune(_chance.BetweenRatios(1500, 6500), _chance.Between(300, 1500));
        for (var i = 0; i < length && at + i < samples.Length; i++)
        {
            if (i % Step == 0)
                Move(target);
            var isConsonant = i < consonant;
            var envelope = stress * MathF.Sin(MathF.PI * (i + 1) / (length + 1));
            var tone = Pulse(pitch * MathF.Pow(2, glide * i / length)) * (isConsonant && !voiced ? 0 : envelope);
            var sound = tone + (_breath * envelope * 0.2f * _chance.Normal());
            foreach (var formant in _formants)
                sound = formant.Filter(sound);
            samples[at + i] += sound + (isConsonant ? 0.15f * stress * _hiss.Filter(_chance.Normal()) : 0);
        }
        return at + length;
    }

    private void Move(float[] target)
    {
        for (var i = 0; i < _now.Length; i++)
        {
            _now[i] += 0.15f * ((target[i] * _tract) - _now[i]);
            _formants[i].Tune(_now[i], 60 + (30 * i));
        }
        _formants[3].Tune(3500 * _tract, 200);
    }

    /// <summary>The change of the glottal opening (Rosenberg 1971), with jitter and the voice's spectral tilt.</summary>
    private float Pulse(float pitch)
    {
        _phase += pitch / Rate;
        if (_phase >= 1)
            _phase += -1 + (_shake * _chance.Normal() * 0.1f);
        var opening = _phase switch
        {
            < 0.4f => 0.5f * (1 - MathF.Cos(MathF.PI * _phase / 0.4f)),
            < 0.56f => MathF.Cos(MathF.PI / 2 * (_phase - 0.4f) / 0.16f),
            _ => 0,
        };
        var change = opening - _glottis;
        _glottis = opening;
        return _tilted = (change * (1 - _fall)) + (_tilted * _fall);
    }
}
