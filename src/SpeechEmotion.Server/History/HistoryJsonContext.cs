using System.Text.Json.Serialization;
using SpeechEmotion.Server.Recognitions;

namespace SpeechEmotion.Server.History;

/// <summary>The documents of the history.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UseStringEnumConverter = true, IgnoreReadOnlyProperties = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RecognitionRecord))]
internal sealed partial class HistoryJsonContext : JsonSerializerContext;
