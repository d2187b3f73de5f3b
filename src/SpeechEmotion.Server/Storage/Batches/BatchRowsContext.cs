using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace SpeechEmotion.Server.Storage.Batches;

/// <summary>JSON in the columns of the batches' tables.</summary>
[JsonSerializable(typeof(List<string>))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, string>))]
internal sealed partial class BatchRowsContext : JsonSerializerContext
{
    /// <summary>Leaves Chinese readable: the text is never part of a web page.</summary>
    public static BatchRowsContext Readable { get; } = new(
        new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
