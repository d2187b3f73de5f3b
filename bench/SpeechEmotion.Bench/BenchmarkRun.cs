using BenchmarkDotNet.Running;

namespace SpeechEmotion.Bench;

/// <summary>Hands over to BenchmarkDotNet, which finds the benchmark classes by itself.</summary>
internal static class BenchmarkRun
{
    public static int Run(string[] arguments)
    {
        BenchmarkSwitcher.FromAssembly(typeof(BenchmarkRun).Assembly).Run(arguments.Length == 0 ? ["--filter", "*"] : arguments);
        return 0;
    }
}
