using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using SpeechEmotion.Options;
using SpeechEmotion.Outputs.Timelines;
using SpeechEmotion.Results;
using SpeechEmotion.Server.Batches;
using SpeechEmotion.Server.Recognitions;
using SpeechEmotion.Server.Storage;

namespace SpeechEmotion.Server.Documentation;

/// <summary>
/// Describes the parameters of operations: their choices, and the types of the parameters that the routes read as text.
/// </summary>
internal static class ApiParameters
{
    private static readonly Dictionary<string, string[]> KnownValues = new()
    {
        ["emotion"] = [.. EmotionNames.All.Select(emotion => emotion.Key())],
        ["state"] = Choices.Of<RecognitionState>(),
        ["format"] = [.. TimelineFormatNames.All.Select(format => format.Key())],
        ["language"] = ["zh", "en"],
    };

    /// <summary>The types of the parameters that the routes read as text, so that an error can quote a wrong value.</summary>
    private static readonly Dictionary<string, (JsonSchemaType Type, string? Minimum, string? Maximum)> ReadAsText = new()
    {
        ["page"] = (JsonSchemaType.Integer, "1", null),
        ["page_size"] = (JsonSchemaType.Integer, "1", "200"),
        ["points"] = (JsonSchemaType.Integer, "10", "20000"),
        ["min_confidence"] = (JsonSchemaType.Number, "0", "1"),
        ["max_confidence"] = (JsonSchemaType.Number, "0", "1"),
        ["limit"] = (JsonSchemaType.Integer, "1", null),
        ["offset"] = (JsonSchemaType.Integer, "0", null),
        ["item"] = (JsonSchemaType.Integer, "0", null),
        ["descending"] = (JsonSchemaType.Boolean, null, null),
        ["embedding"] = (JsonSchemaType.Boolean, null, null),
        ["bom"] = (JsonSchemaType.Boolean, null, null),
        ["inline"] = (JsonSchemaType.Boolean, null, null),
    };

    public static Task DescribeAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken ct)
    {
        var path = context.Description.RelativePath!;
        foreach (var parameter in operation.Parameters ?? [])
        {
            if (parameter is not OpenApiParameter { Name: { } name, Schema: OpenApiSchema schema } described)
                continue;
            if (ChoicesOf(name, path) is { } known)
                schema.Enum = Nodes(known);
            else if (ReadAsText.TryGetValue(name, out var kind))
                (schema.Type, schema.Minimum, schema.Maximum) = kind;
            if (described.In == ParameterLocation.Path)
                (described.Description, described.Example) = ApiExamples.OfPath(name, path);
        }
        return Task.CompletedTask;
    }

    /// <summary>
    /// Returns the choices of a parameter with a fixed set, otherwise null. An export has other formats than a timeline, and items of
    /// batches have other states than recognitions.
    /// </summary>
    private static string[]? ChoicesOf(string name, string path) =>
        (path.EndsWith("/export", StringComparison.Ordinal) ? ExportParameters.KnownValues.GetValueOrDefault(name) : null)
            ?? (path.EndsWith("/items", StringComparison.Ordinal) ? BatchItemsQuery.KnownValues.GetValueOrDefault(name) : null)
            ?? KnownValues.GetValueOrDefault(name) ?? RecognitionParameters.KnownValues.GetValueOrDefault(name);

    private static List<JsonNode> Nodes(IEnumerable<string> values) => [.. values.Select(value => (JsonNode)value)];
}
