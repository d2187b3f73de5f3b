using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Shouldly;
using SpeechEmotion.Client.Results;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Client.Results;

/// <summary>The client's types of answers are those of <c>contracts/openapi.json</c>.</summary>
public sealed class ResultsTests
{
    /// <summary>Types whose name in the document is a keyword, too general, or that of a type of <c>Options</c>.</summary>
    private static readonly Dictionary<string, string> OtherNames = new()
    {
        [nameof(BatchRecognition)] = "BatchOptions",
        [nameof(BatchState)] = "BatchPhase",
        [nameof(Failure)] = "Error",
        [nameof(QualityNote)] = "Quality",
    };

    /// <summary>Types that no answer has by itself.</summary>
    private static readonly Type[] Own = [typeof(BatchProgress)];

    private static readonly NullabilityInfoContext Nullability = new();

    private static readonly JsonObject Schemas = JsonNode.Parse(File.ReadAllText(Path.Combine(Contract.Folder, "openapi.json")))!
        ["components"]!["schemas"]!.AsObject();

    public static TheoryData<Type> Types =>
    [
        .. typeof(Recognition).Assembly.GetExportedTypes().Where(type => type.Namespace == typeof(Recognition).Namespace).Except(Own),
    ];

    [Theory]
    [MemberData(nameof(Types))]
    public void Type_MembersAndTheirTypes_AreThoseOfItsSchema(Type type)
    {
        var schema = Schemas[NameOf(type)].ShouldNotBeNull($"{NameOf(type)} is not in the document.").AsObject();
        if (type.IsEnum)
        {
            Enum.GetNames(type).Select(JsonNamingPolicy.SnakeCaseLower.ConvertName).ShouldBe(Texts(schema["enum"]!), ignoreOrder: true);
            return;
        }
        var required = schema["required"] is { } names ? Texts(names) : [];

        var now = type.GetProperties().Select(property => $"{KeyOf(property.Name)}: {Shape(property)}");

        now.ShouldBe(
            schema["properties"]!.AsObject().Select(one => $"{one.Key}: {Shape(one.Value!, required.Contains(one.Key))}"),
            ignoreOrder: true);
    }

    private static string NameOf(Type type) => OtherNames.GetValueOrDefault(type.Name, type.Name);

    private static string KeyOf(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);

    /// <summary>The type of a named schema.</summary>
    private static string ShapeOf(string name) => Schemas[name]! switch
    {
        // A newer server may have more values: the client has texts for them.
        var schema when schema["enum"] is not null => Types.Any(type => NameOf(type) == name) ? name : "string",
        // A document with a schema of its own.
        var schema when schema["properties"] is null => "object",
        _ => name,
    };

    private static string[] Texts(JsonNode list) => [.. list.AsArray().Select(one => (string?)one).OfType<string>()];

    /// <summary>The type of a property, for example <c>number?</c> or <c>Emotion</c>.</summary>
    private static string Shape(PropertyInfo property)
    {
        var isNullable = Nullability.Create(property).ReadState == NullabilityState.Nullable;
        return Shape(Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType) + (isNullable ? "?" : "");
    }

    private static string Shape(Type type) => type switch
    {
        _ when type == typeof(string) => "string",
        _ when type == typeof(bool) => "boolean",
        _ when type == typeof(int) => "integer int32",
        _ when type == typeof(long) => "integer int64",
        _ when type == typeof(float) => "number float",
        _ when type == typeof(double) => "number double",
        _ when type == typeof(DateTimeOffset) => "string date-time",
        _ when type == typeof(JsonElement) => "object",
        { IsGenericType: true } when type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) =>
            Shape(type.GenericTypeArguments[0]) + "[]",
        { IsGenericType: true } => "map of " + Shape(type.GenericTypeArguments[1]),
        _ => NameOf(type),
    };

    private static string Shape(JsonNode schema, bool isRequired)
    {
        var (shape, isNullable) = Shape(schema);
        return shape + (isNullable || !isRequired ? "?" : "");
    }

    private static (string Shape, bool IsNullable) Shape(JsonNode schema)
    {
        if (schema["oneOf"] is JsonArray choices)
            return (Shape(choices.Single(one => (string?)one!["type"] != "null")!).Shape, true);
        if ((string?)schema["$ref"] is { } reference)
        {
            var name = reference[(reference.LastIndexOf('/') + 1)..];
            return (ShapeOf(name), false);
        }
        string[] types = schema["type"] is JsonArray several ? Texts(several) : [(string)schema["type"]!];
        var type = types.Single(one => one != "null");
        var shape = (type, (string?)schema["format"]) switch
        {
            ("array", _) => Shape(schema["items"]!).Shape + "[]",
            ("object", _) when schema["additionalProperties"] is JsonObject value => "map of " + Shape(value).Shape,
            (_, { } format) => $"{type} {format}",
            _ => type,
        };
        return (shape, types.Contains("null"));
    }
}
