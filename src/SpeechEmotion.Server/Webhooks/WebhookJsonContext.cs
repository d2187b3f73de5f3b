using System.Text.Json.Serialization;

namespace SpeechEmotion.Server.Webhooks;

/// <summary>The JSON types of this folder.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(WebhookList))]
internal sealed partial class WebhookJsonContext : JsonSerializerContext;
