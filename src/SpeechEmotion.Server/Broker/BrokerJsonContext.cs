using System.Text.Json.Serialization;

namespace SpeechEmotion.Server.Broker;

/// <summary>The JSON of messages.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(DeadWork))]
internal sealed partial class BrokerJsonContext : JsonSerializerContext;
