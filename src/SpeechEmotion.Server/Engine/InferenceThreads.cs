namespace SpeechEmotion.Server.Engine;

/// <summary>
/// Thread pool threads for inferences. An inference occupies its thread for seconds and would otherwise starve the connections.
/// </summary>
internal static class InferenceThreads
{
    /// <summary>Raises the number of threads that the pool starts without delay.</summary>
    public static void Reserve(int count)
    {
        ThreadPool.GetMinThreads(out var threads, out var ports);
        ThreadPool.SetMinThreads(threads + count, ports);
    }
}
