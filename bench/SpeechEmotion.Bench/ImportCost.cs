using SpeechEmotion.Models;

namespace SpeechEmotion.Bench;

/// <summary>Measures the import of a FunASR folder into an empty store.</summary>
internal static class ImportCost
{
    public static int Run(string folder)
    {
        var home = Directory.CreateTempSubdirectory("ser-bench-").FullName;
        try
        {
            var peak = 0.0;
            using var stop = new CancellationTokenSource();
            var watch = Task.Run(async () =>
            {
                while (!stop.IsCancellationRequested)
                {
                    peak = Math.Max(peak, ProcessMemory.PrivateMegabytes);
                    await Task.Delay(10);
                }
            });
            ModelFolder? model = null;
            var seconds = Clock.Seconds(() => model = new ModelStore(home).Import(folder));
            stop.Cancel();
            watch.Wait();
            var size = model!.Manifest.Files.Sum(file => file.Size) / 1e6;
            Console.WriteLine(
                $"{folder}: {new FileInfo(Path.Combine(folder, "model.pt")).Length / 1e6:F0} MB to {size:F0} MB in {seconds:F1} s, "
                + $"private memory {peak:F0} MB at most");
            return 0;
        }
        finally
        {
            Directory.Delete(home, recursive: true);
        }
    }
}
