using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using SpeechEmotion.Audio;
using SpeechEmotion.Inference;
using SpeechEmotion.Options;
using SpeechEmotion.Quality;
using SpeechEmotion.Quantization;
using SpeechEmotion.Segments;
using SpeechEmotion.Server.Batches.Offline;
using SpeechEmotion.Server.Jobs.Batches;

namespace SpeechEmotion.Bench;

/// <summary>
/// The throughput of <c>ser batch</c> beside that of the bare model at its best (as many inferences at once as there are cores, each on
/// one thread, of the same clips, decoded and without silence before) and that of recognitions of the files. They alternate in one run.
/// </summary>
internal static class BatchSpeed
{
    private const int Rounds = 3;

    public static async Task<int> RunAsync(string audio, int clips, ModelPrecision precision, string? modelFolder)
    {
        var root = Directory.CreateTempSubdirectory("ser-batch-").FullName;
        try
        {
            var recordings = Path.Combine(root, "recordings");
            BatchKills.CopyClips(audio, recordings, clips, repeat: false);
            var options = new BatchOptions
            {
                Model = modelFolder is null ? "compact" : null,
                ModelDirectory = modelFolder,
                Precision = precision,
            };
            List<double> ofModel = [], ofRecognitions = [];
            for (var round = 1; round <= Rounds; round++)
            {
                var (model, recognitions) = Measure(recordings, options);
                var batch = await BatchAsync(recordings, Path.Combine(root, $"results-{round}"), options);
                ofModel.Add(batch / model);
                ofRecognitions.Add(batch / recognitions);
                Print($"round {round}: bare model {model:F2} clips/s, recognitions {recognitions:F2}, batch {batch:F2}");
            }
            Print($"median share of the bare model {Median(ofModel):P1}, of recognitions without a batch {Median(ofRecognitions):P1}");
            return 0;
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    /// <summary>Returns clips per second of the bare model and of recognitions: as many at once as there are cores.</summary>
    private static (double Model, double Recognitions) Measure(string recordings, BatchOptions options)
    {
        using var recognizer = EmotionRecognizer.Load(new()
        {
            Model = options.Model,
            ModelDirectory = options.ModelDirectory,
            Precision = options.Precision,
            Load = new() { Threads = 1 },
        });
        string[] files = [.. Directory.GetFiles(recordings).Order(StringComparer.Ordinal)];
        float[][][] waveforms = [.. files.Select(file => Prepare(file, recognizer.Model))];
        recognizer.Recognize(files[0]);
        var model = PerSecond(files.Length, i => Run(recognizer.Model, waveforms[i]));
        return (model, PerSecond(files.Length, i => recognizer.Recognize(files[i])));
    }

    private static double PerSecond(int count, Action<int> run)
    {
        var next = -1;
        var clock = Stopwatch.StartNew();
        Thread[] lanes = [.. Enumerable.Range(0, Environment.ProcessorCount).Select(_ => new Thread(() =>
        {
            for (int i; (i = Interlocked.Increment(ref next)) < count;)
                run(i);
        }))];
        foreach (var lane in lanes)
            lane.Start();
        foreach (var lane in lanes)
            lane.Join();
        return count / clock.Elapsed.TotalSeconds;
    }

    /// <summary>What the model processes for a recording: its speech, or the whole, and its speech, too, if the rest is silent.</summary>
    private static float[][] Prepare(string file, IEmotionModel model)
    {
        using var waveform = new WaveformReader(AudioFile.Open(file));
        var samples = new List<float>();
        var block = new float[16000];
        for (int read; (read = waveform.Read(block)) > 0;)
            samples.AddRange(block.AsSpan(0, read));
        float[] all = [.. samples];
        var speech = SpeechExcerpt.Of(all, SegmentationOptions.Default);
        if (speech.Length < model.MinSamples)
            return [all];
        var isSilent = speech.Length < all.Length * QualityThresholds.SpeechShare / 100;
        return model.SpeechOnly ? [speech.Join().ToArray()] : isSilent ? [all, speech.Join().ToArray()] : [all];
    }

    private static void Run(IEmotionModel model, float[][] waveforms)
    {
        foreach (var waveform in waveforms)
        {
            if (model.SpeechOnly)
                model.RunSpeech(waveform);
            else
                model.Run(waveform);
        }
    }

    /// <summary>Measures between the first and the last outcome, so without start, model and exports.</summary>
    private static async Task<double> BatchAsync(string recordings, string output, BatchOptions options)
    {
        var request = new BatchRequest { Output = output, Options = options, Language = "en" };
        await using var services = BatchServices.Create(request);
        var (count, first, last) = (0, 0L, 0L);
        services.GetRequiredService<BatchEngine>().Stored += outcomes =>
        {
            last = Stopwatch.GetTimestamp();
            if (first == 0)
                first = last;
            else
                count += outcomes.Count;
        };
        using var display = new BatchDisplay("en", TextWriter.Null, terminal: false, events: null, TimeProvider.System);
        var run = services.GetRequiredService<BatchRun>();
        await run.RunAsync(request, [recordings], display, CancellationToken.None, CancellationToken.None);
        return count / Stopwatch.GetElapsedTime(first, last).TotalSeconds;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static void Print(FormattableString text) => Console.WriteLine(FormattableString.Invariant(text));
}
