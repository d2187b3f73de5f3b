using System.Diagnostics;
using SpeechEmotion.Benchmarks;
using SpeechEmotion.Inference;
using SpeechEmotion.Models;

namespace SpeechEmotion.Bench;

/// <summary>Measures the latency of clips with the compact model and a FunASR folder, and the GEMM ceiling of the same run.</summary>
internal static class Latency
{
    private static readonly int[] ClipSeconds = [1, 3, 10, 30];

    public static int Run(string[] arguments)
    {
        var directory = arguments is ["--model-dir", var given] ? given : null;
        using var ceiling = MatMulCeiling.ForFp32();
        Console.WriteLine(
            $"cores {Environment.ProcessorCount}, ONNX Runtime {InferenceRuntime.Version}, GEMM ceiling {ceiling.Measure(20):F0} GF/s");
        Measure(ModelSearch.Default.Resolve(ModelCatalogue.Compact), ceiling);
        if (directory is not null)
            Measure(ModelSearch.Default.Resolve(null, directory), ceiling);
        ColdStart(directory);
        return 0;
    }

    private static void Measure(ModelFolder folder, MatMulCeiling ceiling)
    {
        var gigaflop = InferenceWork.GigaflopPerSecond(folder.Manifest);
        Console.WriteLine($"\n{folder.Manifest.Id} {folder.Manifest.Precision} {folder.Manifest.Hash}");
        foreach (var mapped in new[] { true, false })
        {
            OnnxEmotionModel? model = null;
            var load = Clock.Seconds(() => model = OnnxEmotionModel.Load(folder, new() { MapWeights = mapped }));
            using (model)
            {
                var first = Clock.Seconds(() => model!.Run(NoiseClip.Samples(3)));
                Console.WriteLine(
                    $"  {(mapped ? "mapped" : "packed")} weights: load {load * 1000:F0} ms, first 3 s clip {first * 1000:F0} ms, "
                    + $"private {ProcessMemory.PrivateMegabytes:F0} MB");
                foreach (var seconds in ClipSeconds)
                    Clip(model!, seconds, gigaflop, ceiling);
            }
        }
        Console.WriteLine($"  peak memory {ProcessMemory.PeakMegabytes:F0} MB");
    }

    private static void Clip(OnnxEmotionModel model, int seconds, double? gigaflop, MatMulCeiling ceiling)
    {
        var clip = NoiseClip.Samples(seconds);
        model.Run(clip);
        // Ceiling and model alternate, so that other load on the machine slows both.
        var (best, bestCeiling, all) = (double.MaxValue, 0.0, new List<double>());
        for (var round = 0; round < (seconds > 3 ? 6 : 12); round++)
        {
            bestCeiling = Math.Max(bestCeiling, gigaflop is null ? 0 : ceiling.Measure(3));
            all.Add(Clock.Seconds(() => model.Run(clip)));
            best = all.Min();
        }
        var share = gigaflop is { } work
            ? $", {work * seconds / best:F0} GF/s = {work * seconds / best / bestCeiling:P0} of {bestCeiling:F0}"
            : "";
        var median = all.Order().ElementAt(all.Count / 2);
        Console.WriteLine($"    {seconds,2} s: best {best * 1000:F0} ms, median {median * 1000:F0} ms{share}");
    }

    /// <summary>Measures the built program from process start to its result, on a 3 s WAV.</summary>
    private static void ColdStart(string? directory)
    {
        var program = Path.GetFullPath(Path.Combine("dist", "ser"));
        if (!File.Exists(program))
        {
            Console.WriteLine("\ncold start: dist/ser is not built (./run.sh version builds it)");
            return;
        }
        var clip = Noise.Wav(3);
        foreach (var model in new[] { "--model compact", directory is null ? null : $"--model-dir {directory}" }.OfType<string>())
        {
            var (best, median) = Timings.Of(9, () => Start(program, $"recognize {clip} --json {model}"));
            Console.WriteLine(
                $"\ncold start, {model}, 3 s WAV, process start to result: best {best * 1000:F0} ms, median {median * 1000:F0} ms");
        }
        File.Delete(clip);
    }

    private static void Start(string program, string arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} {arguments} exited with code {process.ExitCode}.");
    }
}
