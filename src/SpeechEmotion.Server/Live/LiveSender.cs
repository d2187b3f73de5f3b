using System.Buffers;
using System.Net.WebSockets;
using System.Text.Encodings.Web;
using System.Text.Json;
using SpeechEmotion.Errors;
using SpeechEmotion.Live;
using SpeechEmotion.Outputs.Timelines;
using SpeechEmotion.Results;
using SpeechEmotion.Server.Http;

namespace SpeechEmotion.Server.Live;

/// <summary>Sends the server's messages to a live client, one text message each.</summary>
/// <param name="socket">The open socket.</param>
/// <param name="limits">The timeout of a client that does not read.</param>
/// <param name="disconnected">Cancelled when the client disconnects.</param>
internal sealed class LiveSender(WebSocket socket, LiveLimits limits, CancellationToken disconnected)
{
    private const int Decimals = 4;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ArrayBufferWriter<byte> _message = new();

    /// <summary>The language of the texts for people: <c>zh</c> or <c>en</c>.</summary>
    public required string Language { get; set; }

    public Task ReadyAsync(ModelIdentity model, LiveFormat format) => SendAsync("ready", json =>
    {
        json.WriteStartObject("model");
        json.WriteString("id", model.Id);
        json.WriteString("precision", model.Precision);
        json.WriteString("hash", model.Hash);
        json.WriteEndObject();
        json.WriteNumber("hop", format.Hop.TotalSeconds);
        json.WriteNumber("window", format.Window.TotalSeconds);
    });

    public Task ResultAsync(LiveResult result) => result is LiveSegment segment
        ? SendAsync("segment", json => TimelineJson.WriteSegment(json, segment.Segment))
        : SendAsync("partial", json => TimelineJson.WritePartial(json, result.Start, result.End, ((LivePartial)result).Scores));

    public Task LagAsync(TimeSpan behind, int skipped) => SendAsync("lag", json =>
    {
        json.WriteNumber("behind", decimal.Round((decimal)behind.TotalSeconds, Decimals));
        json.WriteNumber("skipped", skipped);
    });

    public Task SummaryAsync(Timeline timeline) => SendAsync("summary", json =>
    {
        json.WritePropertyName("timeline");
        TimelineJson.Write(json, timeline);
    });

    /// <summary>Closes the stream, after an error message if there is an error.</summary>
    public async Task CloseAsync(SpeechEmotionException? error)
    {
        if (error is not null)
        {
            await SendAsync("error", json =>
            {
                json.WriteString("code", error.Code);
                json.WriteString("message", error.TextIn(Language));
            });
        }
        var status = error is null ? WebSocketCloseStatus.NormalClosure
            : ProblemAnswers.StatusOf(error) < 500 ? WebSocketCloseStatus.PolicyViolation : WebSocketCloseStatus.InternalServerError;
        await SendAsync(ct => new(socket.CloseOutputAsync(status, error?.Code, ct)));
    }

    private ValueTask WriteAsync(CancellationToken ct) =>
        socket.SendAsync(_message.WrittenMemory, WebSocketMessageType.Text, endOfMessage: true, ct);

    private Task SendAsync(string type, Action<Utf8JsonWriter> write)
    {
        _message.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(_message, Options))
        {
            json.WriteStartObject();
            json.WriteString("type", type);
            write(json);
            json.WriteEndObject();
        }
        return SendAsync(WriteAsync);
    }

    private async Task SendAsync(Func<CancellationToken, ValueTask> send)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(disconnected);
        patience.CancelAfter(limits.Idle);
        await send(patience.Token);
    }
}
