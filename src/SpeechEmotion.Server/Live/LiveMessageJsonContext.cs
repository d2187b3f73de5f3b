using System.Text.Json.Serialization;

namespace SpeechEmotion.Server.Live;

/// <summary>The JSON types of live streams, for the OpenAPI document.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(LiveMessage))]
[JsonSerializable(typeof(LiveStreamRequest))]
internal sealed partial class LiveMessageJsonContext : JsonSerializerContext;
