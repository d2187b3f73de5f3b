using System.Text.Json.Serialization;

namespace SpeechEmotion.Server.Models;

/// <summary>The JSON types of this folder.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ModelList))]
[JsonSerializable(typeof(OfferResource))]
[JsonSerializable(typeof(HubRequest))]
[JsonSerializable(typeof(DownloadRequest))]
internal sealed partial class ModelJsonContext : JsonSerializerContext;
