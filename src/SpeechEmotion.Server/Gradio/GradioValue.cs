using System.Text.Json.Nodes;
using SpeechEmotion.Server.Gradio.Early;

namespace SpeechEmotion.Server.Gradio;

/// <summary>A value that the endpoint takes or gives. Number, order, names and labels are part of the API.</summary>
/// <param name="Id">Its component in <c>/config</c>.</param>
/// <param name="Component">Kind of the component.</param>
/// <param name="Name">The parameter's name; null for a result.</param>
/// <param name="Label">What people read.</param>
/// <param name="PythonType">Its type as Python writes it.</param>
/// <param name="Schema">Its JSON schema for a generation of clients.</param>
internal sealed record GradioValue(int Id, string Component, string? Name, string Label, string PythonType, Func<ClientGeneration, JsonObject> Schema)
{
    /// <summary>Further properties of the component.</summary>
    public Func<JsonObject> Props { get; init; } = () => [];

    /// <summary>What stands where a caller leaves the parameter out; null where it must not.</summary>
    public JsonValue? Default { get; init; }

    /// <summary>How clients of version 3 write it.</summary>
    public string Serializer => Component switch
    {
        "Audio" or "File" => "FileSerializable",
        "Checkbox" => "BooleanSerializable",
        "Json" => "JSONSerializable",
        _ => "StringSerializable",
    };

    /// <summary>What the endpoint takes.</summary>
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

    /// <summary>What it gives.</summary>
    public static IReadOnlyList<GradioValue> Results { get; } =
    [
        new(4, "Textbox", null, "识别结果", "str", _ => GradioSchema.Text()),
        new(5, "Json", null, "详细结果", "str | float | bool | list | dict", _ => GradioSchema.Json()),
        new(6, "File", null, "结果文件", "list[filepath]", GradioSchema.Files) { Props = () => new() { ["file_count"] = "multiple" } },
    ];
}
