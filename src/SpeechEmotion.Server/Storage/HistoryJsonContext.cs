using System.Text.Json.Serialization;
using SpeechEmotion.Server.Storage.Programs;

namespace SpeechEmotion.Server.Storage;

/// <summary>JSON serialization of the documents in the database.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UseStringEnumConverter = true, IgnoreReadOnlyProperties = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RecognitionDocument))]
[JsonSerializable(typeof(ProgramStatus))]
internal sealed partial class HistoryJsonContext : JsonSerializerContext;
