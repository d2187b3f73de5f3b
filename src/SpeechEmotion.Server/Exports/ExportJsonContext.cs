using System.Text.Json.Serialization;

namespace SpeechEmotion.Server.Exports;

/// <summary>The JSON that a batch stores about the metadata of its recordings.</summary>
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class ExportJsonContext : JsonSerializerContext;
