using System.Text.Json.Serialization;

namespace SpeechEmotion.Server.Batches;

/// <summary>JSON of the REST API of batches.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(BatchResource))]
[JsonSerializable(typeof(BatchList))]
[JsonSerializable(typeof(BatchItemResource))]
[JsonSerializable(typeof(BatchItemList))]
[JsonSerializable(typeof(BatchAddition))]
[JsonSerializable(typeof(BatchFolderRequest))]
[JsonSerializable(typeof(BatchChangeRequest))]
internal sealed partial class BatchApiJsonContext : JsonSerializerContext;
