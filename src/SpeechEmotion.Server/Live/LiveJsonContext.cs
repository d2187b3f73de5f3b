using System.Text.Json.Serialization;

namespace SpeechEmotion.Server.Live;

/// <summary>What live clients send as text.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(LiveClientMessage))]
internal sealed partial class LiveJsonContext : JsonSerializerContext;
