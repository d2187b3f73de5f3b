using System.Text.Json.Serialization;
using SpeechEmotion.Results;

namespace SpeechEmotion.Outputs.Json;

/// <summary>The provenance of a result and its model labels as JSON: written unchanged, and read back strictly.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true, AllowDuplicateProperties = false, MaxDepth = 8)]
[JsonSerializable(typeof(Provenance))]
[JsonSerializable(typeof(LabelScore[]))]
internal sealed partial class ProvenanceJsonContext : JsonSerializerContext;
