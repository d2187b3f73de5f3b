using System.Text.Json.Serialization;

namespace SpeechEmotion.Server.Access;

/// <summary>The JSON types of this folder.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(SessionResource))]
[JsonSerializable(typeof(LoginAnswer))]
[JsonSerializable(typeof(LoginRefusal))]
[JsonSerializable(typeof(TokenAnswer))]
internal sealed partial class AccessJsonContext : JsonSerializerContext;
