using System.Text.Json.Serialization;

namespace SpeechEmotion.Cli.Benchmarks;

/// <summary>A figure that was not measured stands as null: nobody has to guess whether it was forgotten.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true, NewLine = "\n",
    RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(BenchReport))]
internal sealed partial class BenchJsonContext : JsonSerializerContext;
