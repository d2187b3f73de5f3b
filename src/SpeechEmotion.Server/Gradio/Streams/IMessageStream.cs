using System.IO.Pipelines;
using System.Text;

namespace SpeechEmotion.Server.Gradio.Streams;

/// <summary>The transport of messages to a client: server-sent events, or the WebSocket of old clients.</summary>
internal interface IMessageStream
{
    /// <summary>Whether the server is stopping, so that the stream must end.</summary>
    bool IsStopping { get; }

    /// <summary>Writes a message.</summary>
    /// <param name="write">Writes the JSON of the message.</param>
    Task SendAsync(Func<PipeWriter, Task> write);

    /// <summary>Writes a message.</summary>
    Task SendAsync(string json) => SendAsync(pipe =>
    {
        Encoding.UTF8.GetBytes(json, pipe);
        return Task.CompletedTask;
    });

    /// <summary>Sends the written messages.</summary>
    /// <exception cref="OperationCanceledException">The client disconnected.</exception>
    Task FlushAsync();

    /// <summary>Waits until there is more to send, but less time than proxies allow for a silent connection.</summary>
    /// <returns>False if it is time for a heartbeat.</returns>
    /// <exception cref="OperationCanceledException">The client disconnected.</exception>
    Task<bool> WaitAsync(Task more);
}
