using System.Text.Json.Nodes;
using SpeechEmotion.Server.Gradio.Early;

namespace SpeechEmotion.Server.Gradio;

/// <summary>A parameter or a result of the endpoint. Number, order, names and labels are part of the API.</summary>
/// <param name="Id">The id of its component in <c>/config</c>.</param>
/// <param name="Component">The kind of the component.</param>
/// <param name="Name">The parameter's name; null for a result.</param>
/// <param name="Label">The label for people.</param>
/// <param name="PythonType">The type in Python's notation.</param>
/// <param name="Schema">Returns the JSON schema for a generation of clients.</param>
internal sealed record GradioValue(
    int Id, string Component, string? Name, string Label, string PythonType, Func<ClientGeneration, JsonObject> Schema)
{
    /// <summary>Further properties of the component.</summary>
    public Func<JsonObject> Props { get; init; } = () => [];

    /// <summary>The value of an omitted parameter; null if the parameter is required.</summary>
    public JsonValue? Default { get; init; }

    /// <summary>The serializer of version 3 clients.</summary>
    public string Serializer => Component switch
    {
        "Audio" or "File" => "FileSerializable",
        "Checkbox" => "BooleanSerializable",
        "Json" => "JSONSerializable",
        _ => "StringSerializable",
    };

    /// <summary>The parameters of the endpoint.</summary>
    public static IReadOnlyList<GradioValue> Parameters { get; } =
    [
        new(1, "Audio", "audio", "上传音频文件", "filepath", GradioSchema.File)
        {
            Props = () => new() { ["type"] = "filepath", ["sources"] = new JsonArray("upload", "microphone"), ["value"] = null },
        },
        new(2, "Radio", "granularity", "粒度", "Literal['utterance', 'frame']", _ => GradioSchema.Granularity())
        {
            Props = () => new()
            {
                ["choices"] = new JsonArray(new JsonArray("utterance", "utterance"), new JsonArray("frame", "frame")),
                ["value"] = "utterance",
            },
            Default = JsonValue.Create("utterance"),
        },
        new(3, "Checkbox", "extract_embedding", "提取 Embedding 特征", "bool", _ => GradioSchema.Flag())
        {
            Props = () => new() { ["value"] = false },
            Default = JsonValue.Create(false),
        },
    ];

    /// <summary>The results of the endpoint.</summary>
    public static IReadOnlyList<GradioValue> Results { get; } =
    [
        new(4, "Textbox", null, "识别结果", "str", _ => GradioSchema.Text()),
        new(5, "Json", null, "详细结果", "str | float | bool | list | dict", _ => GradioSchema.Json()),
        new(6, "File", null, "结果文件", "list[filepath]", GradioSchema.Files) { Props = () => new() { ["file_count"] = "multiple" } },
    ];
}
