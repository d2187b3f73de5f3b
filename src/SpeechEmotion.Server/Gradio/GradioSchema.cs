using System.Text.Json.Nodes;
using SpeechEmotion.Server.Gradio.Early;

namespace SpeechEmotion.Server.Gradio;

/// <summary>
/// JSON schemas of the endpoint's values. Clients compare them with what they know, so that a file is told from a text: no
/// word more may stand in them.
/// </summary>
internal static class GradioSchema
{
    private const string FileData =
        """
        {"properties":{"path":{"title":"Path","type":"string"},"url":{"anyOf":[{"type":"string"},{"type":"null"}],"default":null,"title":"Url"},
        "size":{"anyOf":[{"type":"integer"},{"type":"null"}],"default":null,"title":"Size"},"orig_name":{"anyOf":[{"type":"string"},{"type":"null"}],"default":null,"title":"Orig Name"},
        "mime_type":{"anyOf":[{"type":"string"},{"type":"null"}],"default":null,"title":"Mime Type"},"is_stream":{"default":false,"title":"Is Stream","type":"boolean"},
        "meta":{"default":{"_type":"gradio.FileData"},"title":"Meta","type":"object"}},"required":["path"],"title":"FileData","type":"object"}
        """;

    /// <summary>A file.</summary>
    public static JsonObject File(ClientGeneration client)
    {
        var schema = JsonNode.Parse(FileData)!.AsObject();
        var properties = schema["properties"]!.AsObject();
        if (!client.FileMeta)
            properties.Remove("meta");
        if (!client.FileStream)
            properties.Remove("is_stream");
        return schema;
    }

    /// <summary>Several files.</summary>
    public static JsonObject Files(ClientGeneration client) => new() { ["type"] = "array", ["items"] = File(client) };

    /// <summary>A text.</summary>
    public static JsonObject Text() => new() { ["type"] = "string" };

    /// <summary>Yes or no.</summary>
    public static JsonObject Flag() => new() { ["type"] = "boolean" };

    /// <summary>One of two texts.</summary>
    public static JsonObject Granularity() => new() { ["enum"] = new JsonArray("utterance", "frame"), ["title"] = "Radio", ["type"] = "string" };

    /// <summary>Anything.</summary>
    public static JsonObject Json() => new() { ["type"] = new JsonObject(), ["description"] = "any valid json" };
}
