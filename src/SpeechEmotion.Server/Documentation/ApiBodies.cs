using Microsoft.OpenApi;
using SpeechEmotion.Server.Access;
using SpeechEmotion.Server.Live;

namespace SpeechEmotion.Server.Documentation;

/// <summary>Describes bodies that no type of the code describes: recordings, files, the login form, live messages.</summary>
internal static class ApiBodies
{
    /// <summary>The body is a form with a recording, or the recording itself.</summary>
    public static RouteHandlerBuilder TakesRecording(this RouteHandlerBuilder route) => route.AddOpenApiOperationTransformer((operation, _, _) =>
    {
        OpenApiMediaType recording = new() { Schema = Binary("The recording. Its content decides about its format.") };
        operation.RequestBody = new OpenApiRequestBody
        {
            Required = true,
            Content = new Dictionary<string, OpenApiMediaType>
            {
                ["multipart/form-data"] = new() { Schema = Form() },
                ["audio/*"] = recording,
                ["application/octet-stream"] = recording,
            },
        };
        return Task.CompletedTask;
    });

    /// <summary>The answer is a file of one of these types.</summary>
    public static RouteHandlerBuilder GivesFile(this RouteHandlerBuilder route, params string[] contentTypes) =>
        route.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            operation.Responses ??= [];
            if (!operation.Responses.TryGetValue("200", out var ok) || ok.Content is null)
                operation.Responses["200"] = ok = new OpenApiResponse { Description = "OK", Content = new Dictionary<string, OpenApiMediaType>() };
            foreach (var type in contentTypes)
                ok.Content![type] = new() { Schema = Binary("The file.") };
            return Task.CompletedTask;
        });

    /// <summary>The body is the form of a login.</summary>
    public static RouteHandlerBuilder TakesLogin(this RouteHandlerBuilder route) => route.Produces<LoginRefusal>(401).AddOpenApiOperationTransformer((operation, _, _) =>
    {
        OpenApiMediaType form = new()
        {
            Schema = new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                Description = "username and password, or api_key.",
                Properties = new Dictionary<string, IOpenApiSchema>
                {
                    ["username"] = Text("User of `--auth`."),
                    ["password"] = Text("Password of the user."),
                    ["api_key"] = Text("A key of `--api-key`."),
                },
            },
        };
        operation.RequestBody = new OpenApiRequestBody
        {
            Required = true,
            Content = new Dictionary<string, OpenApiMediaType> { ["application/x-www-form-urlencoded"] = form, ["multipart/form-data"] = form },
        };
        return Task.CompletedTask;
    });

    /// <summary>The answer is a WebSocket with live messages, of which the client sends the first.</summary>
    public static RouteHandlerBuilder CarriesLiveMessages(this RouteHandlerBuilder route) => route.Produces<LiveMessage>(101, "application/json")
        .AddOpenApiOperationTransformer(async (_, context, ct) =>
            context.Document!.AddComponent(nameof(LiveStart), await context.GetOrCreateSchemaAsync(typeof(LiveStart), null, ct)));

    private static OpenApiSchema Form() => new()
    {
        Type = JsonSchemaType.Object,
        Required = new HashSet<string> { "file" },
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["file"] = Binary("The recording, in any format."),
            ["granularity"] = ApiParameters.Choice("granularity", "One result for the recording, or also one for every 20 ms."),
            ["embedding"] = new OpenApiSchema { Type = JsonSchemaType.Boolean, Default = false, Description = "Also write embedding.npy." },
            ["model"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "Name of a model on the server; default: the active one." },
            ["segments"] = ApiParameters.Choice(
                "segments", "auto processes up to 30 s at once and longer recordings by segments of speech; always and never decide for all lengths."),
            ["silence"] = ApiParameters.Choice("silence", "Whether the model processes the silence around the speech: as the model prefers, always or never."),
            ["channels"] = ApiParameters.Choice("channels", "Average all channels, or process each one separately with a timeline of its own."),
            ["roles"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "Who speaks on each channel, separated by commas: customer,agent." },
        },
    };

    private static OpenApiSchema Text(string description) => new() { Type = JsonSchemaType.String, Description = description };

    private static OpenApiSchema Binary(string description) => new() { Type = JsonSchemaType.String, Format = "binary", Description = description };
}
