using System.Diagnostics;
using System.Globalization;
using SpeechEmotion.Audio;
using SpeechEmotion.Inference;
using SpeechEmotion.Models;
using SpeechEmotion.Quality;
using SpeechEmotion.Segments;

namespace SpeechEmotion.Bench;

/// <summary>
/// Measures the steps before the model per hour of audio: decoding with down-mix and resampling, the meter, voice activity and
/// segments; and the model's own time on the same segments. All run on one core, in turns; the best of each counts.
/// </summary>
internal static class FrontEnd
{
    private const int Rounds = 5;
    private const int Block = 8000;
    private const int DecodedBlock = 2 * 4096;

    /// <param name="audio">A labeled corpus with its manifest.csv; its clips make up the recording.</param>
    /// <param name="minutes">The length of the recording.</param>
    /// <param name="directory">A FunASR folder; null for the compact model.</param>
    public static int Run(string audio, int minutes, string? directory)
    {
        var folder = Directory.CreateTempSubdirectory("ser-bench-");
        try
        {
            var speech = Path.Combine(folder.FullName, "a.wav");
            var (wav, flac) = (Path.Combine(folder.FullName, "stereo.wav"), Path.Combine(folder.FullName, "stereo.flac"));
            LongFiles.Record(speech, audio, minutes);
            foreach (var path in (string[])[wav, flac])
                Resample(speech, path);
            Measure(wav, flac, minutes / 60.0, directory);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
        return 0;
    }

    private static void Measure(string wav, string flac, double hours, string? directory)
    {
        using var model = OnnxEmotionModel.Load(
            directory is null ? ModelSearch.Default.Resolve(ModelCatalogue.Compact) : ModelSearch.Default.Resolve(null, directory),
            new() { Threads = 1 });
        var (samples, segments) = (Waveform(wav), new List<SpeechSegment>());
        var decoded = Decoded(wav);
        Segment(samples, segments.Add);
        var recognizer = new SegmentRecognizer(model, model.Labels!);
        var modelStage = $"model {model.Identity.Id}, {segments.Count} segments";
        (string Name, Action Work)[] stages =
        [
            ("decode, mix, resample: WAV 44.1 kHz stereo", () => Waveform(wav, keep: false)),
            ("decode, mix, resample: FLAC 44.1 kHz stereo", () => Waveform(flac, keep: false)),
            ("meter", () => Meter(decoded, samples)),
            ("voice activity and segments", () => Segment(samples, _ => { })),
            (modelStage, () => segments.ForEach(segment => recognizer.Recognize(segment, default))),
        ];
        var costs = Array.ConvertAll(stages, _ => Cost.Most);
        for (var round = 0; round < Rounds; round++)
        {
            for (var i = 0; i < stages.Length; i++)
                costs[i] = costs[i].Least(Cost.Of(stages[i].Work));
        }
        var whole = costs[^1];
        for (var i = 0; i < stages.Length; i++)
            Console.WriteLine($"{stages[i].Name,-44} {costs[i].Text(hours, whole)}");
        Console.WriteLine($"{"all steps before the model, WAV",-44} {(costs[0] + costs[2] + costs[3]).Text(hours, whole)}");
        Console.WriteLine($"{"all steps before the model, FLAC",-44} {(costs[1] + costs[2] + costs[3]).Text(hours, whole)}");
    }

    private static float[] Waveform(string path, bool keep = true)
    {
        using var waveform = new WaveformReader(AudioFile.Open(path));
        var (samples, block) = (new List<float>(), new float[Block]);
        for (var read = waveform.Read(block); read > 0; read = waveform.Read(block))
        {
            if (keep)
                samples.AddRange(block.AsSpan(0, read));
        }
        return [.. samples];
    }

    private static float[] Decoded(string path)
    {
        using var reader = AudioFile.Open(path);
        var (samples, block) = (new List<float>(), new float[DecodedBlock]);
        for (var read = reader.Read(block); read > 0; read = reader.Read(block))
            samples.AddRange(block.AsSpan(0, read));
        return [.. samples];
    }

    private static void Meter(float[] decoded, float[] samples)
    {
        var meter = new SoundMeter();
        for (var i = 0; i < decoded.Length; i += DecodedBlock)
            meter.AddDecoded(decoded.AsSpan(i, Math.Min(DecodedBlock, decoded.Length - i)), 2);
        for (var i = 0; i < samples.Length; i += Block)
            meter.AddWaveform(samples.AsSpan(i, Math.Min(Block, samples.Length - i)));
    }

    private static void Segment(float[] samples, Action<SpeechSegment> found)
    {
        var segmenter = new SpeechSegmenter(SegmentationOptions.Default);
        for (var i = 0; i < samples.Length; i += Block)
        {
            foreach (var segment in segmenter.Add(samples.AsSpan(i, Math.Min(Block, samples.Length - i))))
                found(segment);
        }
        foreach (var segment in segmenter.Complete())
            found(segment);
    }

    private static void Resample(string from, string to)
    {
        using var process = Process.Start("ffmpeg", ["-v", "error", "-nostdin", "-i", from, "-ar", "44100", "-ac", "2", to]);
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"ffmpeg could not make {to}.");
    }

    private readonly record struct Cost(double Processor, double Wall, double Bytes)
    {
        public static Cost Most { get; } = new(double.MaxValue, double.MaxValue, double.MaxValue);

        public static Cost operator +(Cost one, Cost other) =>
            new(one.Processor + other.Processor, one.Wall + other.Wall, one.Bytes + other.Bytes);

        public static Cost Of(Action work)
        {
            var (processor, bytes) = (Environment.CpuUsage.TotalTime, GC.GetTotalAllocatedBytes(precise: true));
            var wall = Clock.Seconds(work);
            return new((Environment.CpuUsage.TotalTime - processor).TotalSeconds, wall, GC.GetTotalAllocatedBytes(precise: true) - bytes);
        }

        public Cost Least(Cost other) =>
            new(Math.Min(Processor, other.Processor), Math.Min(Wall, other.Wall), Math.Min(Bytes, other.Bytes));

        public string Text(double hours, Cost whole) => string.Create(
            CultureInfo.InvariantCulture,
            $"{Processor / hours,7:F2} s of CPU, {Wall / hours,7:F2} s, {Bytes / hours / 1e6,7:F1} MB allocated per hour; "
            + $"{Processor / whole.Processor,6:P1} of the model");
    }
}
