using System.Text.Json;
using Json.Schema;

namespace SpeechEmotion.Tests.Support;

/// <summary>The product's JSON files and lines, as the schemas in <c>contracts/</c> describe them.</summary>
internal sealed class Contract
{
    /// <summary>Most violations that a message lists: one wrong field of a frame comes back in each of thousands.</summary>
    private const int MostListed = 20;

    // A registry of their own, so that the schemas find one another by their relative names.
    private static readonly BuildOptions Together = new() { SchemaRegistry = new() };

    private readonly JsonSchema _schema;

    private Contract(string name)
    {
        Name = name;
        _schema = JsonSchema.FromText(File.ReadAllText(Path.Combine(Folder, $"{name}.schema.json")), Together);
    }

    /// <summary>Where the schemas are.</summary>
    public static string Folder { get; } = Path.Combine(Repository.Root, "contracts");

    // A schema is built after those that it refers to: properties are initialised in the order of the text.

    /// <summary><c>timeline.json</c>, and what REST gives for a timeline.</summary>
    public static Contract Timeline { get; } = new("timeline");

    /// <summary><c>result.json</c> of an output folder.</summary>
    public static Contract Result { get; } = new("result");

    /// <summary>A line of <c>ser recognize --json</c>.</summary>
    public static Contract RecognitionLine { get; } = new("recognition-line");

    /// <summary>A line of <c>ser live --json</c>.</summary>
    public static Contract LiveLine { get; } = new("live-line");

    /// <summary>The line of <c>ser verify --json</c>.</summary>
    public static Contract Verification { get; } = new("verification");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Contract> All { get; } = [Timeline, Result, RecognitionLine, LiveLine, Verification];

    /// <summary>Name of the schema's file without its extension.</summary>
    public string Name { get; }

    /// <summary>What violates the schema, each with its place; empty where nothing does.</summary>
    public IReadOnlyList<string> Violations(JsonElement json)
    {
        // To find all violations costs far more than to find out whether there are any.
        if (_schema.Evaluate(json, new() { OutputFormat = OutputFormat.Flag }).IsValid)
            return [];
        string[] found = [.. Violations(_schema.Evaluate(json, new() { OutputFormat = OutputFormat.Hierarchical })).Distinct()];
        return found is [] ? ["The schema refuses it without naming a place."] : found;
    }

    /// <summary>Fails where the document violates the schema.</summary>
    /// <param name="json">The document.</param>
    /// <param name="because">Where it comes from.</param>
    public void ShouldAccept(JsonElement json, string because)
    {
        if (Violations(json) is { Count: > 0 } violations)
            throw new ContractException($"{because} violates {Name}.schema.json:\n{string.Join('\n', violations.Take(MostListed))}");
    }

    /// <summary>Fails where the text is no JSON, or violates the schema.</summary>
    /// <param name="json">The document as text.</param>
    /// <param name="because">Where it comes from.</param>
    public void ShouldAccept(string json, string because)
    {
        try
        {
            ShouldAccept(JsonElement.Parse(json), because);
        }
        catch (JsonException e)
        {
            throw new ContractException($"{because} is no JSON: {e.Message}", e);
        }
    }

    /// <summary>An alternative that does not apply where another does, and a condition that does not hold, are no violations.</summary>
    private static IEnumerable<string> Violations(EvaluationResults results)
    {
        if (results.IsValid || $"{results.EvaluationPath}".EndsWith("/if", StringComparison.Ordinal))
            return [];
        var place = results.InstanceLocation.SegmentCount > 0 ? $"{results.InstanceLocation}" : "/";
        var own = (results.Errors ?? []).Select(error => $"{place}: {error.Value}");
        return own.Concat((results.Details ?? []).SelectMany(Violations));
    }
}
