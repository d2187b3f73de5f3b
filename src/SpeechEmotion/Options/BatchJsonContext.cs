using System.Text.Json.Serialization;
using SpeechEmotion.Inference;
using SpeechEmotion.Quantization;
using SpeechEmotion.Results;

namespace SpeechEmotion.Options;

/// <summary>JSON of the options of a batch.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, IgnoreReadOnlyProperties = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters =
    [
        typeof(ChoiceConverter<ModelPrecision>), typeof(ChoiceConverter<ComputeDevice>), typeof(ChoiceConverter<Granularity>),
        typeof(ChoiceConverter<SegmentationMode>), typeof(ChoiceConverter<SilenceMode>), typeof(ChoiceConverter<ChannelMode>),
    ])]
[JsonSerializable(typeof(BatchOptions))]
[JsonSerializable(typeof(BatchRequest))]
internal sealed partial class BatchJsonContext : JsonSerializerContext;
