using System.Text.Json.Serialization;

namespace SpeechEmotion.Server.Cluster;

/// <summary>The JSON types of this folder.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ClusterResource))]
[JsonSerializable(typeof(DeadList))]
internal sealed partial class ClusterJsonContext : JsonSerializerContext;
