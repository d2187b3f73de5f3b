namespace SpeechEmotion.Segments;

/// <summary>Processes a sequence of items, several at once, with the results in order.</summary>
internal static class OrderedWork
{
    /// <summary>Holds items back while <paramref name="held"/> is true, and yields them in order afterwards, or at the end.</summary>
    public static IEnumerable<T> HeldWhile<T>(this IEnumerable<T> source, Func<bool> held)
    {
        var waiting = new Queue<T>();
        foreach (var item in source)
        {
            waiting.Enqueue(item);
            while (!held() && waiting.TryDequeue(out var next))
                yield return next;
        }
        while (waiting.TryDequeue(out var next))
            yield return next;
    }

    /// <summary>
    /// Works on up to <paramref name="atOnce"/> items at once while the next one is produced. However the enumeration ends, it waits
    /// for all work that was started.
    /// </summary>
    public static IEnumerable<TResult> SelectOrdered<T, TResult>(this IEnumerable<T> source, int atOnce, Func<T, TResult> work)
    {
        var begun = new Queue<Task<TResult>>();
        try
        {
            foreach (var item in source)
            {
                if (begun.Count == atOnce)
                    yield return begun.Dequeue().GetAwaiter().GetResult();
                begun.Enqueue(Task.Run(() => work(item)));
            }
            while (begun.TryDequeue(out var next))
                yield return next.GetAwaiter().GetResult();
        }
        finally
        {
            foreach (var left in begun)
                ((IAsyncResult)left).AsyncWaitHandle.WaitOne();
        }
    }
}
