using System.Text.Json.Serialization;

namespace SpeechEmotion.Server.Monitoring;

/// <summary>The JSON types of this folder.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(SystemResource))]
[JsonSerializable(typeof(HealthResource))]
internal sealed partial class SystemJsonContext : JsonSerializerContext;
