using System.Globalization;
using SpeechEmotion.Server.Http;

namespace SpeechEmotion.Server.Live;

/// <summary>The errors that refuse or end a live stream, each with its code and both texts.</summary>
internal static class LiveErrors
{
    public static RequestException Invalid(string message, string messageZh) => new(400, "live.invalid", message, messageZh);

    public static RequestException NotWebSocket() => new(
        426, "live.not_websocket", "This address accepts only WebSocket connections: use ws:// or wss:// instead of a plain HTTP request.",
        "该地址只接受 WebSocket：请用 ws:// 或 wss:// 连接，而不是普通 HTTP 请求。");

    public static RequestException TooMany(int limit) => new(
        429, "live.too_many",
        $"The limit of {limit} live streams is reached. Try again later, or start the server with a larger --live-streams.",
        $"已有 {limit} 路实时识别，请稍后重试，或用更大的 --live-streams 启动服务。")
    { RetryAfter = 10 };

    public static RequestException Late(TimeSpan patience) => new(
        408, "live.idle", $"No first message was received within {Seconds(patience)} s.", $"{Seconds(patience)} 秒内没有收到首条消息。");

    public static RequestException Idle(TimeSpan patience) => new(
        408, "live.idle", $"No audio was received for {Seconds(patience)} s. Send {{\"type\": \"end\"}} at the end of a stream.",
        $"{Seconds(patience)} 秒没有收到音频。结束时请发送 {{\"type\": \"end\"}}。");

    public static RequestException TooLong(TimeSpan longest) => new(
        413, "live.too_long",
        $"A live stream lasts {Seconds(longest)} s at most. Open another one, or start the server with a larger --live-hours.",
        $"单路实时识别最长 {Seconds(longest)} 秒。请新建连接，或用更大的 --live-hours 启动服务。");

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture);
}
