using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace SpeechEmotion.Server.Recognitions;

/// <summary>Describes uploaded recordings and downloaded files in the OpenAPI document.</summary>
internal static class RecordingBody
{
    /// <summary>Describes a request body that is a form with a recording, or the recording itself.</summary>
    public static RouteHandlerBuilder TakesRecording(this RouteHandlerBuilder route) =>
        route.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            OpenApiMediaType recording = new() { Schema = Binary("The recording. The server detects the format from the content.") };
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

    /// <summary>Describes a response that is a file of one of the given types.</summary>
    public static RouteHandlerBuilder GivesFile(this RouteHandlerBuilder route, params string[] contentTypes) =>
        route.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            operation.Responses ??= [];
            if (!operation.Responses.TryGetValue("200", out var ok) || ok.Content is null)
            {
                operation.Responses["200"] = ok = new OpenApiResponse
                {
                    Description = "OK",
                    Content = new Dictionary<string, OpenApiMediaType>(),
                };
            }
            foreach (var type in contentTypes)
                ok.Content![type] = new() { Schema = type == "application/json" ? ResultFile : Binary("The file.") };
            return Task.CompletedTask;
        });

    private static OpenApiSchema ResultFile => new()
    {
        Type = JsonSchemaType.Object,
        Description = "result.json; contracts/result.schema.json has its schema.",
    };

    private static OpenApiSchema Form() => new()
    {
        Type = JsonSchemaType.Object,
        Required = new HashSet<string> { "file" },
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["file"] = Binary("The recording, in any format."),
            ["granularity"] = Choice("granularity", "One result for the recording, or also one result for every 20 ms."),
            ["embedding"] = new OpenApiSchema { Type = JsonSchemaType.Boolean, Default = false, Description = "Also write embedding.npy." },
            ["model"] = new OpenApiSchema
            {
                Type = JsonSchemaType.String,
                Description = "Name of a model on the server; default: the active one.",
            },
            ["segments"] = Choice(
                "segments",
                "auto processes up to 30 s at once, and longer recordings by segments of speech; always and never apply to all lengths."),
            ["silence"] = Choice(
                "silence", "Whether the model processes the silence around the speech: as the model prefers, always or never."),
            ["channels"] = Choice("channels", "Average all channels, or process each one separately with a timeline of its own."),
            ["roles"] = new OpenApiSchema
            {
                Type = JsonSchemaType.String,
                Description = "Who speaks on each channel, separated by commas: customer,agent.",
            },
            ["webhook"] = new OpenApiSchema
            {
                Type = JsonSchemaType.String,
                Description = "URL that receives a signed POST when the recognition is done, failed or cancelled.",
            },
        },
    };

    /// <summary>Describes a parameter with a fixed set of choices; the first choice is the default.</summary>
    private static OpenApiSchema Choice(string name, string description) => new()
    {
        Type = JsonSchemaType.String,
        Enum = [.. RecognitionParameters.KnownValues[name].Select(choice => (JsonNode)choice)],
        Default = RecognitionParameters.KnownValues[name][0],
        Description = description,
    };

    private static OpenApiSchema Binary(string description) =>
        new() { Type = JsonSchemaType.String, Format = "binary", Description = description };
}
