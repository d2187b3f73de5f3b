using System.IO.Pipelines;
using System.Text;

namespace SpeechEmotion.Server.Gradio.Streams;

/// <summary>What carries messages to a client: server-sent events, or the WebSocket of old clients.</summary>
internal interface IMessageStream
{
    /// <summary>True where the server stops: everything must end.</summary>
    bool IsStopping { get; }

    /// <summary>Writes a message.</summary>
    /// <param name="write">Writes its JSON.</param>
    Task SendAsync(Func<PipeWriter, Task> write);

    /// <summary>Writes a message.</summary>
    Task SendAsync(string json) => SendAsync(pipe =>
    {
        Encoding.UTF8.GetBytes(json, pipe);
        return Task.CompletedTask;
    });

    /// <summary>Sends what was written.</summary>
    /// <exception cref="OperationCanceledException">The client is gone.</exception>
    Task FlushAsync();

    /// <summary>Waits until there is more to send, and not longer than a proxy lets a silent connection live.</summary>
    /// <returns>False where it is time for a heartbeat.</returns>
    /// <exception cref="OperationCanceledException">The client is gone.</exception>
    Task<bool> WaitAsync(Task more);
}
