using System.Text.Json;
using System.Text.Json.Serialization;

namespace SpeechEmotion.Server.Http;

/// <summary>The JSON format of the REST API: snake_case, also for enumeration values.</summary>
internal static class ServerJson
{
    public static IServiceCollection AddServerJson(this IServiceCollection services) => services.ConfigureHttpJsonOptions(options =>
    {
        var json = options.SerializerOptions;
        json.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        json.NumberHandling = JsonNumberHandling.Strict;
        json.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower));
        json.TypeInfoResolverChain.Insert(0, ProblemJsonContext.Default);
    });

    /// <summary>Adds the JSON types of a feature.</summary>
    public static IServiceCollection AddJson(this IServiceCollection services, JsonSerializerContext types) =>
        services.ConfigureHttpJsonOptions(options => options.SerializerOptions.TypeInfoResolverChain.Insert(0, types));
}
