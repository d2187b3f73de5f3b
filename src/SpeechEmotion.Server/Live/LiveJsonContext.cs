using System.Text.Json.Serialization;

namespace SpeechEmotion.Server.Live;

/// <summary>JSON of live streams: what clients send, and the description of all messages.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(LiveClientMessage))]
[JsonSerializable(typeof(LiveStreamRequest))]
[JsonSerializable(typeof(LiveMessage))]
internal sealed partial class LiveJsonContext : JsonSerializerContext;
