using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using SpeechEmotion.Server.Access;

namespace SpeechEmotion.Server.Documentation;

/// <summary>Describes the authentication of callers.</summary>
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
            [Bearer] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                Description = "A key of `--api-key`.",
            },
            [Key] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.ApiKey,
                In = ParameterLocation.Header,
                Name = CallerAuthentication.KeyHeader,
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
        if (context.Description.ActionDescriptor.EndpointMetadata.OfType<IAuthorizeData>().Any(data => data.Policy == AccessPolicies.Rest))
        {
            // The empty requirement stands for a server without keys and users, which answers every caller.
            var schemes = new[] { Bearer, Key, Basic };
            operation.Security =
            [
                new(),
                .. schemes.Select(scheme => new OpenApiSecurityRequirement { [new(scheme, context.Document)] = [] }),
            ];
        }
        return Task.CompletedTask;
    }
}
