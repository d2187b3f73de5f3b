using System.Text.Json.Serialization;

namespace SpeechEmotion.Server.Live;

/// <summary>JSON of live streams, for their description.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(LiveMessage))]
[JsonSerializable(typeof(LiveStreamRequest))]
internal sealed partial class LiveMessageJsonContext : JsonSerializerContext;
