using BenchmarkDotNet.Running;

namespace SpeechEmotion.Bench;

/// <summary>Runs BenchmarkDotNet, which finds the benchmark classes itself.</summary>
internal static class BenchmarkRun
{
    public static int Run(string[] arguments)
    {
        BenchmarkSwitcher.FromAssembly(typeof(BenchmarkRun).Assembly).Run(arguments.Length == 0 ? ["--filter", "*"] : arguments);
        return 0;
    }
}
