using System.Net.WebSockets;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using SpeechEmotion.Server.Tests.Support;
using SpeechEmotion.Tests.Support;

namespace SpeechEmotion.Server.Tests.Live;

/// <summary>A client that streams audio to a server.</summary>
internal sealed class LiveClient : IDisposable
{
    public const string Start = """{"sample_rate": 16000}""";
    public const string End = """{"type": "end"}""";

    private readonly ClientWebSocket _socket = new();

    private LiveClient()
    {
    }

    /// <summary>Status code of the close; null while the connection is open.</summary>
    public int? CloseStatus => (int?)_socket.CloseStatus;

    /// <summary>Connects to the live route.</summary>
    /// <exception cref="WebSocketException">The server refuses the connection.</exception>
    public static async Task<LiveClient> ConnectAsync(RunningServer server, params (string Name, string Value)[] headers)
    {
        var client = new LiveClient();
        foreach (var (name, value) in headers)
            client._socket.Options.SetRequestHeader(name, value);
        try
        {
            await client._socket.ConnectAsync(AddressOf(server), CancellationToken.None);
        }
        catch (WebSocketException)
        {
            client.Dispose();
            throw;
        }
        return client;
    }

    /// <summary>Connects over HTTP/2, as browsers do with TLS.</summary>
    public static async Task<LiveClient> ConnectOverHttp2Async(RunningServer server, HttpMessageInvoker invoker)
    {
        var client = new LiveClient();
        client._socket.Options.HttpVersion = new(2, 0);
        client._socket.Options.HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact;
        await client._socket.ConnectAsync(AddressOf(server), invoker, CancellationToken.None);
        return client;
    }

    /// <summary>Connects and waits until the server is ready.</summary>
    public static async Task<LiveClient> StartAsync(RunningServer server, string start = Start)
    {
        var client = await ConnectAsync(server);
        await client.SendAsync(start);
        var ready = await client.NextAsync();
        return ready.Type() == "ready" ? client : throw new InvalidOperationException(ready.GetRawText());
    }

    public Task SendAsync(string text) =>
        _socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, CancellationToken.None);

    public Task SendAsync(ReadOnlyMemory<byte> audio, bool end = true) =>
        _socket.SendAsync(audio, WebSocketMessageType.Binary, end, CancellationToken.None).AsTask();

    /// <summary>Sends samples in messages of the given sizes, in bytes.</summary>
    public async Task SendAsync(short[] samples, Func<int> size)
    {
        var bytes = MemoryMarshal.AsBytes(samples.AsSpan()).ToArray();
        for (var (at, count) = (0, 0); at < bytes.Length; at += count)
        {
            count = Math.Min(size(), bytes.Length - at);
            await SendAsync(bytes.AsMemory(at, count));
        }
    }

    public Task SendAsync(short[] samples) => SendAsync(samples, () => 3200);

    /// <summary>Reads the next message.</summary>
    /// <exception cref="EndOfStreamException">The server has closed the connection.</exception>
    public async Task<JsonElement> NextAsync()
    {
        using var text = new MemoryStream();
        var block = new byte[1 << 16];
        while (true)
        {
            var received = await _socket.ReceiveAsync(block.AsMemory(), CancellationToken.None);
            if (received.MessageType == WebSocketMessageType.Close)
                throw new EndOfStreamException();
            text.Write(block, 0, received.Count);
            if (!received.EndOfMessage)
                continue;
            var message = JsonElement.Parse(text.ToArray());
            OpenApiContract.OfSchema("LiveMessage").ShouldAccept(message, "A message of a live stream");
            // The command prints these messages too; the others exist only on the server.
            if (message.Type() is "partial" or "segment" or "summary")
                Contract.LiveLine.ShouldAccept(message, "A message of a live stream");
            return message;
        }
    }

    /// <summary>Reads up to the next message of a type.</summary>
    public async Task<JsonElement> NextAsync(string type)
    {
        while (true)
        {
            if (await NextAsync() is var message && message.Type() == type)
                return message;
        }
    }

    /// <summary>Reads all messages until the connection is closed.</summary>
    public async Task<List<JsonElement>> RestAsync()
    {
        var messages = new List<JsonElement>();
        try
        {
            while (true)
                messages.Add(await NextAsync());
        }
        catch (EndOfStreamException)
        {
            return messages;
        }
    }

    public Task CloseAsync() => _socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);

    /// <summary>Drops the connection without closing it properly.</summary>
    public void Break() => _socket.Abort();

    public void Dispose() => _socket.Dispose();

    private static Uri AddressOf(RunningServer server) => new($"{server.Url.Replace("http", "ws", StringComparison.Ordinal)}/api/v1/live");
}
