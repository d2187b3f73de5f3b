using System.Text.Json.Serialization;

namespace SpeechEmotion.Cli.Benchmarks;

/// <summary>Writes a figure that was not measured as null, so that readers can distinguish it from a missing field.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true, NewLine = "\n",
    RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(BenchReport))]
internal sealed partial class BenchJsonContext : JsonSerializerContext;
