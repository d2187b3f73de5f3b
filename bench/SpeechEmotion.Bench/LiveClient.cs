using System.Diagnostics;
using System.Net.WebSockets;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace SpeechEmotion.Bench;

/// <summary>A live stream in real time, with the default hop and window.</summary>
/// <param name="address">The server's address, ws://host:port/.</param>
/// <param name="samples">The samples, 16 kHz mono; repeated from the start at their end.</param>
/// <param name="length">The length of the stream.</param>
/// <param name="start">Seconds to wait first, so that the hops of all streams do not coincide.</param>
internal sealed class LiveClient(Uri address, float[] samples, TimeSpan length, double start)
{
    private const int Rate = 16000;
    private const int ChunkSamples = Rate / 10;

    private readonly Stopwatch _clock = new();

    /// <summary>Milliseconds from the time at which a hop's last sample was due to be sent until its partial arrived.</summary>
    public List<double> Delays { get; } = [];

    public int Segments { get; private set; }

    /// <summary>Partials that the server left out because it was behind.</summary>
    public int Skipped { get; private set; }

    public async Task RunAsync()
    {
        await Task.Delay(TimeSpan.FromSeconds(start));
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new(address, "api/v1/live"), CancellationToken.None);
        await socket.SendAsync("""{"sample_rate": 16000}"""u8.ToArray(), WebSocketMessageType.Text, true, CancellationToken.None);
        var reading = ReadAsync(socket);
        await SendAsync(socket);
        await reading;
    }

    private async Task SendAsync(ClientWebSocket socket)
    {
        _clock.Start();
        for (var chunk = 0; chunk < length.TotalSeconds * Rate / ChunkSamples; chunk++)
        {
            var at = chunk * ChunkSamples % (samples.Length - ChunkSamples);
            var pcm = new short[ChunkSamples];
            for (var i = 0; i < pcm.Length; i++)
                pcm[i] = (short)Math.Clamp(samples[at + i] * 32768, short.MinValue, short.MaxValue);
            // A microphone delivers a chunk at its end.
            var due = TimeSpan.FromSeconds((chunk + 1) * ChunkSamples / (double)Rate) - _clock.Elapsed;
            if (due > TimeSpan.Zero)
                await Task.Delay(due);
            var bytes = MemoryMarshal.AsBytes(pcm.AsSpan()).ToArray();
            await socket.SendAsync(bytes, WebSocketMessageType.Binary, true, CancellationToken.None);
        }
        await socket.SendAsync("""{"type": "end"}"""u8.ToArray(), WebSocketMessageType.Text, true, CancellationToken.None);
    }

    private async Task ReadAsync(ClientWebSocket socket)
    {
        var buffer = new byte[1 << 16];
        var text = new MemoryStream();
        while (true)
        {
            var received = await socket.ReceiveAsync(buffer, CancellationToken.None);
            if (received.MessageType == WebSocketMessageType.Close)
                return;
            text.Write(buffer, 0, received.Count);
            if (!received.EndOfMessage)
                continue;
            using var message = JsonDocument.Parse(text.ToArray());
            Take(message.RootElement);
            text.SetLength(0);
        }
    }

    private void Take(JsonElement message)
    {
        switch (message.GetProperty("type").GetString())
        {
            case "partial":
                Delays.Add(_clock.Elapsed.TotalMilliseconds - (message.GetProperty("end").GetDouble() * 1000));
                break;
            case "segment":
                Segments++;
                break;
            case "lag":
                Skipped = message.GetProperty("skipped").GetInt32();
                break;
            case "error":
                throw new InvalidOperationException(message.GetRawText());
        }
    }
}
