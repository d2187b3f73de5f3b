using System.Text.Json.Serialization;
using SpeechEmotion.Client.Results;

namespace SpeechEmotion.Client.Connection;

/// <summary>The JSON types of requests and answers.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Batch))]
[JsonSerializable(typeof(BatchAddition))]
[JsonSerializable(typeof(BatchChange))]
[JsonSerializable(typeof(BatchItem))]
[JsonSerializable(typeof(BatchItemList))]
[JsonSerializable(typeof(BatchList))]
[JsonSerializable(typeof(BatchRequest))]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(Recognition))]
[JsonSerializable(typeof(RecognitionList))]
[JsonSerializable(typeof(ServerSystem))]
[JsonSerializable(typeof(Timeline))]
internal sealed partial class ClientJsonContext : JsonSerializerContext;
