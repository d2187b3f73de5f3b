using System.Net.Sockets;
using System.Text;

namespace SpeechEmotion.Server.Tests.Support;

/// <summary>A connection on which a test sends exact bytes, also incomplete requests.</summary>
internal sealed class RawConnection : IDisposable
{
    private readonly TcpClient _client = new();

    private RawConnection() => _client.NoDelay = true;

    public static async Task<RawConnection> OpenAsync(RunningServer server)
    {
        var connection = new RawConnection();
        await connection._client.ConnectAsync("127.0.0.1", new Uri(server.Url).Port);
        return connection;
    }

    public Task SendAsync(string text) => SendAsync(Encoding.UTF8.GetBytes(text));

    public async Task SendAsync(ReadOnlyMemory<byte> bytes) => await _client.GetStream().WriteAsync(bytes);

    /// <summary>Sends the head of a POST whose body is the recording itself.</summary>
    public Task BeginPostAsync(string headers) =>
        SendAsync($"POST /api/v1/recognitions?name=a.wav HTTP/1.1\r\nHost: localhost\r\nContent-Type: audio/wav\r\n{headers}\r\n\r\n");

    /// <summary>
    /// Reads everything that the server sends until it closes the connection, or resets it, as it may when it has not read the
    /// whole request.
    /// </summary>
    public async Task<string> AnswerAsync()
    {
        using var answer = new MemoryStream();
        var block = new byte[4096];
        try
        {
            for (int read; (read = await _client.GetStream().ReadAsync(block)) > 0;)
                answer.Write(block, 0, read);
        }
        catch (IOException)
        {
            // Reset.
        }
        return Encoding.UTF8.GetString(answer.ToArray());
    }

    /// <summary>Closes the connection abruptly.</summary>
    public void Break() => _client.Client.Close(0);

    public void Dispose() => _client.Dispose();
}
