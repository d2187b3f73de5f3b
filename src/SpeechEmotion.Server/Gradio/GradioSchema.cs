using System.Text.Json.Nodes;
using SpeechEmotion.Server.Gradio.Early;

namespace SpeechEmotion.Server.Gradio;

/// <summary>
/// The JSON schemas of the endpoint's values. Clients compare them with the schemas that they know, for example to recognize a
/// file, so no property may be added.
/// </summary>
internal static class GradioSchema
{
    private const string FileData =
        """
        {"properties":{"path":{"title":"Path","type":"string"},
        "url":{"anyOf":[{"type":"string"},{"type":"null"}],"default":null,"title":"Url"},
        "size":{"anyOf":[{"type":"integer"},{"type":"null"}],"default":null,"title":"Size"},
        "orig_name":{"anyOf":[{"type":"string"},{"type":"null"}],"default":null,"title":"Orig Name"},
        "mime_type":{"anyOf":[{"type":"string"},{"type":"null"}],"default":null,"title":"Mime Type"},
        "is_stream":{"default":false,"title":"Is Stream","type":"boolean"},
        "meta":{"default":{"_type":"gradio.FileData"},"title":"Meta","type":"object"}},
        "required":["path"],"title":"FileData","type":"object"}
        """;

    /// <summary>Returns the schema of a file.</summary>
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

    /// <summary>Returns the schema of several files.</summary>
    public static JsonObject Files(ClientGeneration client) => new() { ["type"] = "array", ["items"] = File(client) };

    /// <summary>Returns the schema of a text.</summary>
    public static JsonObject Text() => new() { ["type"] = "string" };

    /// <summary>Returns the schema of a Boolean.</summary>
    public static JsonObject Flag() => new() { ["type"] = "boolean" };

    /// <summary>Returns the schema of the granularity, one of two texts.</summary>
    public static JsonObject Granularity() =>
        new() { ["enum"] = new JsonArray("utterance", "frame"), ["title"] = "Radio", ["type"] = "string" };

    /// <summary>Returns the schema of any JSON value.</summary>
    public static JsonObject Json() => new() { ["type"] = new JsonObject(), ["description"] = "any valid json" };
}
