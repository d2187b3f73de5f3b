using System.Text.Json.Serialization;

namespace SpeechEmotion.Server.Storage;

/// <summary>JSON serialization of the documents in the history.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UseStringEnumConverter = true, IgnoreReadOnlyProperties = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RecognitionDocument))]
internal sealed partial class HistoryJsonContext : JsonSerializerContext;
