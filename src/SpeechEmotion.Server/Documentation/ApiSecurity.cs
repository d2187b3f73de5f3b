using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using SpeechEmotion.Server.Access;

namespace SpeechEmotion.Server.Documentation;

/// <summary>Describes how a caller proves its identity.</summary>
internal static class ApiSecurity
{
    private const string Bearer = "bearer";
    private const string Key = "api_key";
    private const string Basic = "basic";

    public static void AddSchemes(OpenApiDocument document)
    {
        document.Components ??= new();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [Bearer] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "A key of `--api-key`." },
            [Key] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.ApiKey,
                In = ParameterLocation.Header,
                Name = Identification.KeyHeader,
                Description = "A key of `--api-key`.",
            },
            [Basic] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "basic",
                Description = "A user of `--auth`. Browsers send the cookies of a login instead.",
            },
        };
    }

    public static Task DescribeAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken ct)
    {
        if (!Paths.Open.Contains($"/{context.Description.RelativePath}"))
        {
            // The empty requirement: a server without keys and users answers every caller.
            operation.Security = [new(), .. new[] { Bearer, Key, Basic }.Select(scheme => new OpenApiSecurityRequirement { [new(scheme, context.Document)] = [] })];
        }
        return Task.CompletedTask;
    }
}
