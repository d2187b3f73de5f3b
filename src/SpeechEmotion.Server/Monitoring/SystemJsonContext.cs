using System.Text.Json.Serialization;

namespace SpeechEmotion.Server.Monitoring;

/// <summary>JSON of the system.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(SystemResource))]
internal sealed partial class SystemJsonContext : JsonSerializerContext;
