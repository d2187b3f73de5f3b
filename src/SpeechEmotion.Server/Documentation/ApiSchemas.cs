using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace SpeechEmotion.Server.Documentation;

/// <summary>Completes the schemas that ASP.NET derives from types: names, required properties, choices, problem documents.</summary>
internal static class ApiSchemas
{
    private const string Suffix = "Resource";

    /// <summary>
    /// Returns the name of a schema: the name of its type, without the suffix that only distinguishes it from the library's type.
    /// </summary>
    public static string? NameOf(JsonTypeInfo type)
    {
        if (IsLine(type))
            return "RecognitionLine";
        return OpenApiOptions.CreateDefaultSchemaReferenceId(type) is { } name
            ? name.EndsWith(Suffix, StringComparison.Ordinal) ? name[..^Suffix.Length] : name
            : null;
    }

    public static Task CompleteAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken ct)
    {
        if (IsLine(context.JsonTypeInfo))
            DescribeLine(schema);
        else if (context.JsonPropertyInfo is { } property)
            Choose(schema, property);
        else if (context.JsonTypeInfo.Type == typeof(ProblemDetails))
            DescribeProblem(schema);
        else if (IsWritten(context.JsonTypeInfo))
        {
            var optional = context.JsonTypeInfo.Properties.Where(IsSometimesWritten).Select(left => left.Name);
            schema.Required = schema.Properties?.Keys.Except(optional).ToHashSet();
        }
        // The schema of an enumeration is shared by properties that may be null and others that may not.
        if (Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) is { IsEnum: true } choice)
        {
            schema.Enum = schema.Enum?.Where(value => value is not null).ToList();
            schema.Description ??= choice.GetCustomAttribute<DescriptionAttribute>()?.Description;
        }
        return Task.CompletedTask;
    }

    /// <summary>Returns true for a response object, which has all its properties; a request may omit properties with a default.</summary>
    private static bool IsWritten(JsonTypeInfo type) => type.Kind == JsonTypeInfoKind.Object
        && type.Type.Namespace!.StartsWith(nameof(SpeechEmotion), StringComparison.Ordinal)
        && !type.Type.Name.EndsWith("Request", StringComparison.Ordinal);

    private static bool IsSometimesWritten(JsonPropertyInfo property) =>
        property.AttributeProvider?.GetCustomAttributes(typeof(JsonIgnoreAttribute), inherit: true)
            is [JsonIgnoreAttribute { Condition: not JsonIgnoreCondition.Never }];

    private static void Choose(OpenApiSchema schema, JsonPropertyInfo property)
    {
        if (property.AttributeProvider is not { } attributes)
            return;
        if (attributes.IsDefined(typeof(RequiredAttribute), inherit: true))
            schema.Type &= ~JsonSchemaType.Null;
        if (attributes.GetCustomAttributes(typeof(AllowedValuesAttribute), inherit: true) is not [AllowedValuesAttribute allowed])
            return;
        var choice = schema.Items as OpenApiSchema ?? schema;
        choice.Enum = [.. allowed.Values.OfType<string>().Select(value => (JsonNode)value)];
        if (choice.Type?.HasFlag(JsonSchemaType.Null) == true)
            choice.Enum.Add(JsonNullSentinel.JsonNull);
    }

    private static bool IsLine(JsonTypeInfo type) => (Nullable.GetUnderlyingType(type.Type) ?? type.Type) == typeof(JsonElement);

    /// <summary>Describes the only JSON that a resource contains as it was stored.</summary>
    private static void DescribeLine(OpenApiSchema line)
    {
        line.Type = JsonSchemaType.Object;
        line.Description = "A line of `ser recognize --json`; contracts/recognition-line.schema.json has its schema.";
    }

    private static void DescribeProblem(OpenApiSchema problem)
    {
        problem.Description = "The reason why a request failed: a problem document (RFC 9457).";
        problem.Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["type"] = Text("Always `about:blank`."),
            ["title"] = Text("Meaning of the status."),
            ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32", Description = "Status of the response." },
            ["detail"] = Text("What is wrong and what to do, for people, in the language of Accept-Language (zh or en)."),
            ["instance"] = Text("Path of the request."),
            ["code"] = Text("Stable code for programs, for example `audio.damaged`."),
            ["request_id"] = Text("Identifies the request in the server's log."),
        };
        problem.Required = new HashSet<string> { "type", "title", "status", "instance", "code", "request_id" };
        problem.Examples = [ApiExamples.Read("Problem")];
    }

    private static OpenApiSchema Text(string description) => new() { Type = JsonSchemaType.String, Description = description };
}
