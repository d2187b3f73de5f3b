using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using SpeechEmotion.Server.Recognitions;

namespace SpeechEmotion.Server.Batches;

/// <summary>Describes the bodies of requests with many recordings in the OpenAPI document.</summary>
internal static class BatchBody
{
    /// <summary>Describes a body that creates a batch: a form, or JSON.</summary>
    public static RouteHandlerBuilder TakesBatch(this RouteHandlerBuilder route) =>
        route.Accepts<BatchFolderRequest>("application/json", "multipart/form-data").AddOpenApiOperationTransformer((operation, _, _) =>
        {
            var form = Recordings("The recordings, and archives of recordings: zip, tar, tar.gz, tar.zst.");
            form.Properties!["manifest"] = Binary(
                "A list of recordings below the server's --batch-root, or of addresses if the server allows them: CSV, TSV, JSON lines.");
            form.Properties["metadata"] = Binary("Further columns for the recordings, which its rows name: CSV, TSV, JSON lines.");
            form.Properties["name"] = Text("The name that people see.");
            form.Properties["priority"] = new OpenApiSchema
            {
                Type = JsonSchemaType.Integer,
                Minimum = "-10",
                Maximum = "10",
                Default = 0,
                Description = "Batches with a greater priority are processed first.",
            };
            form.Properties["open"] = Flag("true: further recordings will be added.");
            form.Properties["webhook"] = Text(
                "The URL that receives a signed event when the batch is done, cancelled or stopped by a failure.");
            form.Properties["model"] = Text("Name of a model on the server; default: the active one.");
            form.Properties["embedding"] = Flag("true: the export contains the embedding of each recording.");
            form.Properties["roles"] = Text("Who speaks on each channel, separated by commas: customer,agent.");
            foreach (var (name, choices) in RecognitionParameters.KnownValues)
                form.Properties[name] = Choice(choices);
            operation.RequestBody!.Content!["multipart/form-data"] = new OpenApiMediaType { Schema = form };
            return Task.CompletedTask;
        });

    /// <summary>Describes a body that is a form with recordings.</summary>
    public static RouteHandlerBuilder TakesRecordings(this RouteHandlerBuilder route) =>
        route.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = true,
                Content = new Dictionary<string, OpenApiMediaType>
                {
                    ["multipart/form-data"] = new() { Schema = Recordings("The recordings and archives.") },
                },
            };
            return Task.CompletedTask;
        });

    private static OpenApiSchema Recordings(string description) => new()
    {
        Type = JsonSchemaType.Object,
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["file"] = new OpenApiSchema
            {
                Type = JsonSchemaType.Array,
                Items = Binary("A recording or an archive; its file name may contain a relative path."),
                Description = description,
            },
        },
    };

    private static OpenApiSchema Choice(string[] choices) => new()
    {
        Type = JsonSchemaType.String,
        Enum = [.. choices.Select(choice => (JsonNode)choice)],
        Default = choices[0],
        Description = "As for a single recognition.",
    };

    private static OpenApiSchema Text(string description) => new() { Type = JsonSchemaType.String, Description = description };

    private static OpenApiSchema Flag(string description) =>
        new() { Type = JsonSchemaType.Boolean, Default = false, Description = description };

    private static OpenApiSchema Binary(string description) =>
        new() { Type = JsonSchemaType.String, Format = "binary", Description = description };
}
