using BenchmarkDotNet.Attributes;
using SpeechEmotion.Audio;
using SpeechEmotion.Audio.Raw;

namespace SpeechEmotion.Bench.Benchmarks;

/// <summary>
/// Mixes down ten minutes of stereo and resamples them to 16 kHz. Real-time factor: 600 s divided by the printed time.
/// </summary>
[ShortRunJob]
[MemoryDiagnoser]
public class ResamplerBenchmarks
{
    private readonly float[] _block = new float[16_000];
    private float[] _samples = [];

    [Params(8000, 44_100, 48_000)]
    public int Rate { get; set; }

    [GlobalSetup]
    public void MakeNoise()
    {
        var random = new Random(1);
        _samples = new float[Rate * 600 * 2];
        for (var i = 0; i < _samples.Length; i++)
            _samples[i] = random.NextSingle() - 0.5f;
    }

    [Benchmark]
    public long TenMinutesOfStereo()
    {
        using var reader = new WaveformReader(new SampleReader(_samples, Rate, 2));
        long total = 0;
        for (int read; (read = reader.Read(_block)) > 0;)
            total += read;
        return total;
    }
}
