using System.Text.Json.Serialization;

namespace SpeechEmotion.Server.Live;

/// <summary>The JSON types of live clients' text messages.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(LiveClientMessage))]
internal sealed partial class LiveJsonContext : JsonSerializerContext;
