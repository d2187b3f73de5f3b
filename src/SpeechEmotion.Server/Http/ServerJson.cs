using System.Text.Json;
using System.Text.Json.Serialization;

namespace SpeechEmotion.Server.Http;

/// <summary>How REST answers are written: snake_case, names of enumerations too.</summary>
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

    /// <summary>Adds the types of a room.</summary>
    public static IServiceCollection AddJson(this IServiceCollection services, JsonSerializerContext types) =>
        services.ConfigureHttpJsonOptions(options => options.SerializerOptions.TypeInfoResolverChain.Insert(0, types));
}
