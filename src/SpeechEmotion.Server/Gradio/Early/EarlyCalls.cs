using System.Collections.Concurrent;

namespace SpeechEmotion.Server.Gradio.Early;

/// <summary>Calls of Gradio 4.0 whose values are still to come, in a request of their own.</summary>
internal sealed class EarlyCalls
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource<GradioBody>> _waiting = [];

    /// <summary>Waits for a call's values.</summary>
    /// <param name="id">The call.</param>
    /// <param name="ask">Tells the client to send them.</param>
    /// <param name="ct">Ends the wait.</param>
    public async Task<GradioBody> ReceiveAsync(string id, Func<Task> ask, CancellationToken ct)
    {
        var values = new TaskCompletionSource<GradioBody>(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting[id] = values;
        var received = false;
        try
        {
            await ask();
            var body = await values.Task.WaitAsync(ct);
            received = true;
            return body;
        }
        finally
        {
            _waiting.TryRemove(id, out _);
            // Values that came just as the wait ended are nobody's.
            if (!received && !values.TrySetCanceled(ct))
                (await values.Task).Release();
        }
    }

    /// <summary>Gives a call its values; false where none of that name waits.</summary>
    public bool Give(string id, GradioBody body) => _waiting.TryRemove(id, out var values) && values.TrySetResult(body);
}
