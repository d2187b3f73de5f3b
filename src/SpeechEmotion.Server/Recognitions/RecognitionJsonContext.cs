using System.Text.Json.Serialization;

namespace SpeechEmotion.Server.Recognitions;

/// <summary>JSON serialization of recognitions.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(RecognitionResource))]
[JsonSerializable(typeof(RecognitionList))]
[JsonSerializable(typeof(DeletionRequest))]
[JsonSerializable(typeof(DeletionResource))]
[JsonSerializable(typeof(WaveformPeaks))]
[JsonSerializable(typeof(TimelineResource))]
internal sealed partial class RecognitionJsonContext : JsonSerializerContext;
