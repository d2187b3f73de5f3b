using System.Text.Json.Serialization;

namespace SpeechEmotion.Server.Storage;

/// <summary>The documents of the history.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UseStringEnumConverter = true, IgnoreReadOnlyProperties = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RecognitionDocument))]
internal sealed partial class HistoryJsonContext : JsonSerializerContext;
