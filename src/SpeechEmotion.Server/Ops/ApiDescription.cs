using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using SpeechEmotion.Results;
using SpeechEmotion.Server.Recognitions;

namespace SpeechEmotion.Server.Ops;

/// <summary>The description of the REST interface, <c>/openapi/v1.json</c>: what the code itself cannot tell.</summary>
internal static class ApiDescription
{
    private static readonly string[] Described = ["api/v1/", "health/"];

    private static readonly Dictionary<string, string[]> Choices = new()
    {
        ["granularity"] = ["utterance", "frame"],
        ["segments"] = ["auto", "always", "never"],
        ["silence"] = ["auto", "keep", "skip"],
        ["channels"] = ["mix", "split"],
        ["emotion"] = [.. EmotionNames.All.Select(emotion => emotion.Key())],
        ["state"] = [.. Enum.GetNames<RecognitionState>().Select(name => name.ToLowerInvariant())],
    };

    /// <summary>They are read as texts, so that a wrong one is named.</summary>
    private static readonly Dictionary<string, (JsonSchemaType Type, string? Format)> ReadAsTexts = new()
    {
        ["page"] = (JsonSchemaType.Integer, null),
        ["page_size"] = (JsonSchemaType.Integer, null),
        ["points"] = (JsonSchemaType.Integer, null),
        ["from"] = (JsonSchemaType.String, "date-time"),
        ["to"] = (JsonSchemaType.String, "date-time"),
        ["min_confidence"] = (JsonSchemaType.Number, null),
        ["max_confidence"] = (JsonSchemaType.Number, null),
    };

    public static IServiceCollection AddApiDescription(this IServiceCollection services) => services.AddOpenApi(options =>
    {
        options.ShouldInclude = api => Described.Any(prefix => api.RelativePath?.StartsWith(prefix, StringComparison.Ordinal) == true);
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new() { Title = "SpeechEmotion", Version = ProductVersion.Text };
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, _, _) => Task.FromResult(Choose(operation)));
        options.AddSchemaTransformer((schema, context, _) =>
        {
            if (context.JsonTypeInfo.Type == typeof(Microsoft.AspNetCore.Mvc.ProblemDetails))
                AddCode(schema);
            return Task.CompletedTask;
        });
    });

    /// <summary>Describes a body that is a form with a recording, or the recording itself.</summary>
    public static RouteHandlerBuilder TakesRecording(this RouteHandlerBuilder route) => route.AddOpenApiOperationTransformer((operation, _, _) =>
    {
        OpenApiMediaType recording = new() { Schema = Binary("The recording, in any format; it is told from the content.") };
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

    private static OpenApiSchema Form() => new()
    {
        Type = JsonSchemaType.Object,
        Required = new HashSet<string> { "file" },
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["file"] = Binary("The recording, in any format."),
            ["granularity"] = Choice("granularity", "One result, or also one for every 20 ms."),
            ["embedding"] = new OpenApiSchema { Type = JsonSchemaType.Boolean, Default = false, Description = "Also give embedding.npy." },
            ["model"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "Name of a model on the server; its own where none is named." },
            ["segments"] = Choice("segments", "Up to 30 s whole and longer ones by segments of speech, always by segments, or whole however long."),
            ["silence"] = Choice("silence", "Whether the silence around the speech takes part in the answer: as the model says, always or never."),
            ["channels"] = Choice("channels", "The average of all channels, or each by itself with a timeline of its own."),
            ["roles"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "Who is heard on each channel, with commas between: customer,agent." },
        },
    };

    /// <summary>The first choice is the default.</summary>
    private static OpenApiSchema Choice(string name, string description) => new()
    {
        Type = JsonSchemaType.String,
        Enum = Nodes(Choices[name]),
        Default = Choices[name][0],
        Description = description,
    };

    private static OpenApiSchema Binary(string description) => new() { Type = JsonSchemaType.String, Format = "binary", Description = description };

    private static OpenApiOperation Choose(OpenApiOperation operation)
    {
        foreach (var parameter in operation.Parameters ?? [])
        {
            if (parameter is { Name: { } name, Schema: OpenApiSchema schema } && Choices.TryGetValue(name, out var choices))
                schema.Enum = Nodes(choices);
            else if (parameter is { Name: { } known, Schema: OpenApiSchema read } && ReadAsTexts.TryGetValue(known, out var kind))
                (read.Type, read.Format) = kind;
        }
        return operation;
    }

    private static void AddCode(OpenApiSchema problem)
    {
        problem.Properties ??= new Dictionary<string, IOpenApiSchema>();
        problem.Properties["code"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "Stable code for programs, for example audio.damaged." };
        problem.Properties["request_id"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "The request's name in the server's log." };
    }

    private static List<JsonNode> Nodes(IEnumerable<string> values) => [.. values.Select(value => (JsonNode)value)];
}
