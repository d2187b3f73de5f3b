namespace SpeechEmotion.Server.Engine;

/// <summary>Threads of the pool for inferences. An inference holds its thread for seconds and would starve the connections.</summary>
internal static class InferenceThreads
{
    /// <summary>Adds threads that the pool starts without delay.</summary>
    public static void Reserve(int count)
    {
        ThreadPool.GetMinThreads(out var threads, out var ports);
        ThreadPool.SetMinThreads(threads + count, ports);
    }
}
