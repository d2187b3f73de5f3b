using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using SpeechEmotion.Tests.Support;

namespace SpeechEmotion.Server.Tests.Support;

/// <summary>The schemas of <c>contracts/openapi.json</c>. An object with a property that its schema does not name violates it.</summary>
internal static class OpenApiContract
{
    private const string Components = "#/components/schemas/";

    private static readonly JsonObject Document =
        JsonNode.Parse(File.ReadAllText(Path.Combine(Contract.Folder, "openapi.json")))!.AsObject();

    private static readonly (Regex Path, JsonObject Operations)[] Paths =
        [.. Document["paths"]!.AsObject().Select(path => (PatternOf(path.Key), path.Value!.AsObject()))];

    private static readonly ConcurrentDictionary<string, Contract> Contracts = [];

    /// <summary>The schema of a response; null if the document does not describe it.</summary>
    /// <param name="method">Method of the request.</param>
    /// <param name="path">Path of the request.</param>
    /// <param name="status">Status of the response.</param>
    /// <param name="mediaType">Content type of the response.</param>
    public static Contract? OfResponse(string method, string path, int status, string mediaType) => Paths
        .Where(known => known.Path.IsMatch(path))
        .Select(known => known.Operations[method.ToLowerInvariant()]?["responses"]?[$"{status}"]?["content"]?[mediaType]?["schema"])
        .OfType<JsonObject>().Select(Of).FirstOrDefault();

    /// <summary>Whether the document describes an operation, but not a status of its responses.</summary>
    public static bool Misses(string method, string path, int status) => Paths
        .Where(known => known.Path.IsMatch(path)).Select(known => known.Operations[method.ToLowerInvariant()]?["responses"])
        .OfType<JsonObject>().FirstOrDefault() is { } responses && !responses.ContainsKey($"{status}");

    /// <summary>A named schema.</summary>
    public static Contract OfSchema(string name) => Of(new() { ["$ref"] = Components + name });

    private static Regex PatternOf(string path) => new($"^{Regex.Replace(path, @"\{\w+\}", "[^/]+")}/?$");

    private static Contract Of(JsonObject schema) => Contracts.GetOrAdd(schema.ToJsonString(), text =>
    {
        var whole = JsonNode.Parse(text)!.AsObject();
        whole["$defs"] = Document["components"]!["schemas"]!.DeepClone();
        foreach (var (_, definition) in whole["$defs"]!.AsObject())
        {
            // JSON Schema has no such keyword. The alternatives differ in the value of their discriminator anyway.
            definition!.AsObject().Remove("discriminator");
            if (definition["properties"] is not null)
                definition["additionalProperties"] = false;
        }
        return new Contract("openapi.json", whole.ToJsonString().Replace(Components, "#/$defs/", StringComparison.Ordinal));
    });
}
