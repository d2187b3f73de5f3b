using System.Text.Json.Nodes;
using SpeechEmotion.Server.Access;
using SpeechEmotion.Server.Gradio.Early;

namespace SpeechEmotion.Server.Gradio;

/// <summary>The responses that clients request first: <c>/config</c> and <c>/info</c>.</summary>
internal static class GradioDescription
{
    /// <summary>The name of the only endpoint, which clients call <c>/predict</c>.</summary>
    public const string Endpoint = "predict";

    private const int Button = 7;

    /// <summary>Returns the description of the app for clients.</summary>
    /// <param name="root">The URL of the server as the client sees it, without a trailing slash.</param>
    /// <param name="appId">A number that identifies this run of the server.</param>
    /// <param name="maxFileSize">The largest upload in bytes.</param>
    /// <param name="user">The user who is logged in; null without a login.</param>
    /// <param name="client">The generation of the client.</param>
    public static JsonObject Config(string root, int appId, long maxFileSize, string? user, ClientGeneration client) => new()
    {
        ["version"] = client.Version,
        ["api_prefix"] = AccessApi.GradioPrefix,
        ["protocol"] = client.Protocol,
        ["root"] = root,
        ["mode"] = "interface",
        ["app_id"] = appId,
        ["title"] = "Emotion2Vec+ 语音情感识别系统",
        ["space_id"] = null,
        ["is_space"] = false,
        ["is_colab"] = false,
        ["dev_mode"] = false,
        ["analytics_enabled"] = false,
        ["enable_queue"] = true,
        ["show_error"] = true,
        ["show_api"] = true,
        ["max_file_size"] = maxFileSize,
        ["connect_heartbeat"] = false,
        ["css"] = null,
        ["js"] = null,
        ["head"] = null,
        ["stylesheets"] = new JsonArray(),
        ["theme"] = "default",
        ["username"] = user,
        ["layout"] = Layout(),
        ["pages"] = new JsonArray(new JsonArray("", "Home", true)),
        ["page"] = new JsonObject
        {
            [""] = new JsonObject { ["components"] = Ids(All), ["dependencies"] = new JsonArray(0), ["layout"] = Layout() },
        },
        ["components"] = new JsonArray([.. All.Select(value => Component(value, client))]),
        ["dependencies"] = new JsonArray(Dependency()),
    };

    /// <summary>Returns the description of the endpoint's parameters and results.</summary>
    public static JsonObject Info(ClientGeneration client) => new()
    {
        ["named_endpoints"] = new JsonObject
        {
            ["/" + Endpoint] = new JsonObject
            {
                ["parameters"] = new JsonArray([.. GradioValue.Parameters.Select(value => Parameter(value, client))]),
                ["returns"] = new JsonArray([.. GradioValue.Results.Select(value => Described(value, client))]),
                ["api_visibility"] = "public",
                ["show_api"] = true,
                ["description"] = "Speech emotion recognition / 语音情感识别",
            },
        },
        ["unnamed_endpoints"] = new JsonObject(),
    };

    private static IEnumerable<GradioValue> All => GradioValue.Parameters.Concat(GradioValue.Results);

    private static JsonArray Ids(IEnumerable<GradioValue> values) => new([.. values.Select(value => (JsonNode)value.Id)]);

    private static JsonObject Layout() => new() { ["id"] = 0, ["children"] = new JsonArray() };

    private static JsonObject Component(GradioValue value, ClientGeneration client)
    {
        var props = value.Props();
        props["name"] = value.Component.ToLowerInvariant();
        props["label"] = value.Label;
        var component = new JsonObject
        {
            ["id"] = value.Id,
            ["type"] = value.Component.ToLowerInvariant(),
            ["props"] = props,
            ["skip_api"] = false,
            ["component_class_id"] = $"ser{value.Id}",
            ["key"] = null,
            ["api_info"] = value.Schema(client),
            ["api_info_as_input"] = value.Schema(client),
            ["api_info_as_output"] = value.Schema(client),
            ["example_inputs"] = null,
        };
        if (client.Serializers)
            component["serializer"] = value.Serializer;
        return component;
    }

    private static JsonObject Dependency() => new()
    {
        ["id"] = 0,
        ["targets"] = new JsonArray(new JsonArray(Button, "click")),
        ["inputs"] = Ids(GradioValue.Parameters),
        ["outputs"] = Ids(GradioValue.Results),
        ["backend_fn"] = true,
        ["js"] = null,
        ["queue"] = true,
        ["api_name"] = Endpoint,
        ["api_visibility"] = "public",
        ["show_api"] = true,
        ["scroll_to_output"] = false,
        ["show_progress"] = "full",
        ["batch"] = false,
        ["max_batch_size"] = 4,
        ["cancels"] = new JsonArray(),
        ["types"] = new JsonObject { ["generator"] = false, ["cancel"] = false },
        ["collects_event_data"] = false,
        ["trigger_after"] = null,
        ["trigger_only_on_success"] = false,
        ["trigger_mode"] = "once",
        ["zerogpu"] = false,
        ["rendered_in"] = null,
        ["connection"] = "sse",
    };

    private static JsonObject Parameter(GradioValue value, ClientGeneration client)
    {
        var parameter = Described(value, client);
        parameter["parameter_name"] = value.Name;
        parameter["parameter_has_default"] = value.Default is not null;
        parameter["parameter_default"] = value.Default?.DeepClone();
        parameter["example_input"] = value.Default?.DeepClone() ?? Example();
        return parameter;
    }

    private static JsonObject Described(GradioValue value, ClientGeneration client) => new()
    {
        ["label"] = value.Label,
        ["type"] = value.Schema(client),
        ["python_type"] = new JsonObject { ["type"] = value.PythonType, ["description"] = "" },
        ["component"] = value.Component,
    };

    private static JsonObject Example() => new()
    {
        ["path"] = "/tmp/gradio/audio.wav",
        ["meta"] = new JsonObject { ["_type"] = "gradio.FileData" },
        ["orig_name"] = "audio.wav",
    };
}
