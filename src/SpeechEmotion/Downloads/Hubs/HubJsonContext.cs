using System.Text.Json.Serialization;

namespace SpeechEmotion.Downloads.Hubs;

[JsonSourceGenerationOptions(PropertyNameCaseInsensitive = true, MaxDepth = 16)]
[JsonSerializable(typeof(ModelScopeFiles))]
[JsonSerializable(typeof(List<HuggingFaceEntry>))]
internal sealed partial class HubJsonContext : JsonSerializerContext;
