using System.Collections.Concurrent;

namespace SpeechEmotion.Server.Gradio.Early;

/// <summary>Calls of Gradio 4.0 clients, which send the values of a call in a second request.</summary>
internal sealed class EarlyCalls
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource<GradioBody>> _waiting = [];

    /// <summary>Waits for a call's values.</summary>
    /// <param name="id">The id of the call.</param>
    /// <param name="ask">Requests the values from the client.</param>
    /// <param name="ct">Cancels the wait.</param>
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
            // Values received just as the wait ended have no owner.
            if (!received && !values.TrySetCanceled(ct))
                (await values.Task).Release();
        }
    }

    /// <summary>Passes the values to a waiting call; returns false if no call with that id waits.</summary>
    public bool Give(string id, GradioBody body) => _waiting.TryRemove(id, out var values) && values.TrySetResult(body);
}
