using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace SpeechEmotion.Server.Documentation;

/// <summary>
/// The examples of operations: responses of a real server, embedded as <c>Examples/OPERATION.json</c>, and request bodies,
/// embedded as <c>Examples/OPERATION.request.json</c>.
/// </summary>
internal static class ApiExamples
{
    private const string Json = "application/json";

    public static Task AddAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken ct)
    {
        if (operation.RequestBody?.Content is { } body && body.TryGetValue(Json, out var request))
            request.Example = Read($"{operation.OperationId}.request");
        foreach (var (status, response) in operation.Responses ?? [])
        {
            if (status is "101" or ['2', ..] && response.Content is { } content && content.TryGetValue(Json, out var answer))
                answer.Example = Read(operation.OperationId!);
        }
        return Task.CompletedTask;
    }

    /// <summary>Returns the description and the example of a path parameter.</summary>
    public static (string Description, JsonNode Example) OfPath(string name, string path) =>
        (name, path.Split('/')[2]) switch
        {
            ("name", "cluster") => ("Name of the server or worker.", "71333f204c8e4d1e9437040e6a4b7c34"),
            ("id", "models") => ("Name of the model.", "emotion2vec_plus_large"),
            ("id", "webhooks") => ("Identifier of the webhook.", "019f0a6b9d4c7e3a8b5f2d1c0e9a7b6c"),
            ("id", _) => ("Identifier of the recognition.", "019f0a6b8c2e7d4f9a1b3c5d7e9f1a2b"),
            ("batch", _) => ("Identifier of the batch.", "12"),
            ("number", _) => ("Number of the recording.", "0"),
            ("name", _) => ("Name of the file.", "result.json"),
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, null),
        };

    /// <exception cref="InvalidOperationException">There is no such example.</exception>
    public static JsonNode Read(string name)
    {
        using var file = typeof(ApiExamples).Assembly.GetManifestResourceStream($"Examples/{name}.json")
            ?? throw new InvalidOperationException($"Add Documentation/Examples/{name}.json.");
        return JsonNode.Parse(file)!;
    }
}
