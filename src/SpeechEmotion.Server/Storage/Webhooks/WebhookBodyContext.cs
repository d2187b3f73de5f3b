using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace SpeechEmotion.Server.Storage.Webhooks;

/// <summary>JSON of the events.</summary>
[JsonSerializable(typeof(WebhookBody<WebhookRecognition>))]
[JsonSerializable(typeof(WebhookBody<WebhookBatch>))]
internal sealed partial class WebhookBodyContext : JsonSerializerContext
{
    /// <summary>Leaves Chinese readable: the text is never part of a web page.</summary>
    public static WebhookBodyContext Readable { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
