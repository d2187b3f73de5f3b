using System.Text.Json;
using Json.Schema;

namespace SpeechEmotion.Tests.Support;

/// <summary>The product's JSON files and lines, described by the schemas in <c>contracts/</c>.</summary>
internal sealed class Contract
{
    /// <summary>The most violations a message lists: one wrong field of a frame appears in thousands of frames.</summary>
    private const int MostListed = 20;

    // A shared registry, so that the schemas find one another by their relative names.
    private static readonly BuildOptions Together = new() { SchemaRegistry = new() };

    private readonly JsonSchema _schema;

    /// <summary>A schema of its own.</summary>
    /// <param name="name">Name of its file, for messages.</param>
    /// <param name="schema">The schema.</param>
    internal Contract(string name, string schema) =>
        (Name, _schema) = (name, JsonSchema.FromText(schema, new() { SchemaRegistry = new() }));

    private Contract(string name)
    {
        Name = name;
        _schema = JsonSchema.FromText(File.ReadAllText(Path.Combine(Folder, $"{name}.schema.json")), Together);
    }

    /// <summary>The folder of the schemas.</summary>
    public static string Folder { get; } = Path.Combine(Repository.Root, "contracts");

    // Properties are initialized in textual order, so a schema must follow those it refers to.

    /// <summary><c>timeline.json</c>, and the timeline of the REST API.</summary>
    public static Contract Timeline { get; } = new("timeline");

    /// <summary><c>result.json</c> of an output folder.</summary>
    public static Contract Result { get; } = new("result");

    /// <summary>A line of <c>ser recognize --json</c>, and of <c>results.jsonl</c> of a batch.</summary>
    public static Contract RecognitionLine { get; } = new("recognition-line");

    /// <summary>A line of <c>ser live --json</c>.</summary>
    public static Contract LiveLine { get; } = new("live-line");

    /// <summary>The line of <c>ser verify --json</c>.</summary>
    public static Contract Verification { get; } = new("verification");

    /// <summary>A line of <c>ser batch --json</c>.</summary>
    public static Contract BatchEvent { get; } = new("batch-event");

    /// <summary><c>summary.json</c> of a batch.</summary>
    public static Contract BatchSummary { get; } = new("batch-summary");

    /// <summary>The body of a webhook.</summary>
    public static Contract WebhookEvent { get; } = new("webhook-event");

    /// <summary>All contracts.</summary>
    public static IReadOnlyList<Contract> All { get; } =
        [Timeline, Result, RecognitionLine, LiveLine, Verification, BatchEvent, BatchSummary, WebhookEvent];

    /// <summary>The name of the schema's file without its extension.</summary>
    public string Name { get; }

    /// <summary>Returns the violations of the schema, each with its location; empty if there are none.</summary>
    public IReadOnlyList<string> Violations(JsonElement json)
    {
        // Finding all violations costs far more than finding out whether there are any.
        if (_schema.Evaluate(json, new() { OutputFormat = OutputFormat.Flag }).IsValid)
            return [];
        string[] found = [.. Violations(_schema.Evaluate(json, new() { OutputFormat = OutputFormat.Hierarchical })).Distinct()];
        return found is [] ? ["The schema refuses it without naming a place."] : found;
    }

    /// <summary>Fails if the document violates the schema.</summary>
    /// <param name="json">The document.</param>
    /// <param name="because">The document's origin.</param>
    public void ShouldAccept(JsonElement json, string because)
    {
        if (Violations(json) is { Count: > 0 } violations)
            throw new ContractException($"{because} violates the contract {Name}:\n{string.Join('\n', violations.Take(MostListed))}");
    }

    /// <summary>Fails if the text is not JSON or violates the schema.</summary>
    /// <param name="json">The document as text.</param>
    /// <param name="because">The document's origin.</param>
    public void ShouldAccept(string json, string because)
    {
        try
        {
            ShouldAccept(JsonElement.Parse(json), because);
        }
        catch (JsonException e)
        {
            throw new ContractException($"{because} is not JSON: {e.Message}", e);
        }
    }

    /// <summary>Skips alternatives that do not apply because another one does, and conditions that do not hold.</summary>
    private static IEnumerable<string> Violations(EvaluationResults results)
    {
        if (results.IsValid || $"{results.EvaluationPath}".EndsWith("/if", StringComparison.Ordinal))
            return [];
        var place = results.InstanceLocation.SegmentCount > 0 ? $"{results.InstanceLocation}" : "/";
        var own = (results.Errors ?? []).Select(error => $"{place}: {error.Value}");
        return own.Concat((results.Details ?? []).SelectMany(Violations));
    }
}
