using System.Diagnostics;
using System.Globalization;
using SpeechEmotion.Inference;
using SpeechEmotion.Models;

namespace SpeechEmotion.Bench;

/// <summary>
/// Measures the memory of one more inference by the length of its input: (peak of four parallel runs - peak of one) / 3. A
/// single run would reuse much of the memory that loading has left. Each measurement has its own process, because ONNX Runtime
/// keeps the memory that it has allocated.
/// </summary>
internal static class MemoryCost
{
    private static readonly int[] Lengths = [1, 3, 5, 10, 15, 20, 30];

    public static int Run(string[] arguments)
    {
        Measure(ModelSearch.Default.Resolve(ModelCatalogue.Compact));
        if (arguments is ["--model-dir", var directory])
            Measure(ModelSearch.Default.Resolve(null, directory));
        return 0;
    }

    /// <summary>Runs a number of inferences of one length at once in this process and prints its peak memory.</summary>
    public static int RunOnce(string folder, string seconds, string count)
    {
        using var model = OnnxEmotionModel.Load(ModelFolder.Read(folder), new());
        var clip = new float[int.Parse(seconds, CultureInfo.InvariantCulture) * 16000];
        var threads = Enumerable.Range(0, int.Parse(count, CultureInfo.InvariantCulture))
            .Select(_ => new Thread(() => model.Run(clip))).ToArray();
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        Console.WriteLine(ProcessMemory.PeakMegabytes.ToString("F0", CultureInfo.InvariantCulture));
        return 0;
    }

    private static void Measure(ModelFolder folder)
    {
        Console.WriteLine($"{folder.Manifest.Id}, {folder.Manifest.Dimension} features");
        foreach (var seconds in Lengths)
        {
            var (one, four) = (Peak(folder, seconds, 1), Peak(folder, seconds, 4));
            Console.WriteLine(
                $"  {seconds,2} s: {(four - one) / 3,5:F0} MB for one more; in total {one:F0} MB with one, {four:F0} MB with four");
        }
    }

    private static double Peak(ModelFolder folder, int seconds, int count)
    {
        string[] arguments = ["memory-once", folder.Directory, $"{seconds}", $"{count}"];
        var start = new ProcessStartInfo(Environment.ProcessPath!, arguments) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var answer = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return double.Parse(answer, CultureInfo.InvariantCulture);
    }
}
