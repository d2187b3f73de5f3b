using Microsoft.OpenApi;
using SpeechEmotion.Results;

namespace SpeechEmotion.Server.Documentation;

/// <summary>The description of the REST API, <c>/openapi/v1.json</c>. <c>contracts/openapi.json</c> pins it.</summary>
internal static class ApiDescription
{
    private static readonly string[] Described = ["api/v1/", "health/", "login", "logout"];

    private static readonly (string Name, string Description)[] Tags =
    [
        ("Recognitions", "Recognize recordings and read their results."),
        ("Batches", "Recognize many recordings, and export their results."),
        ("Webhooks", "See what was sent to receivers, and send it again."),
        ("Live", "Recognize speech while it is spoken."),
        ("Models", "List, download, activate and remove models."),
        ("Access", "Log in and out."),
        ("System", "Read version, model, queue and limits of the server."),
        ("Cluster", "Servers and workers that share a database: their state, their queues, and what is missing."),
        ("Health", "Probes for supervisors and load balancers."),
    ];

    public static IServiceCollection AddApiDescription(this IServiceCollection services) => services.AddOpenApi(options =>
    {
        options.ShouldInclude = api => Described.Any(prefix => api.RelativePath?.StartsWith(prefix, StringComparison.Ordinal) == true);
        options.CreateSchemaReferenceId = ApiSchemas.NameOf;
        options.AddSchemaTransformer(ApiSchemas.CompleteAsync);
        options.AddOperationTransformer(ApiParameters.DescribeAsync);
        options.AddOperationTransformer(ApiSecurity.DescribeAsync);
        options.AddOperationTransformer(ApiExamples.AddAsync);
        options.AddDocumentTransformer((document, _, _) => Describe(document));
    });

    private static Task Describe(OpenApiDocument document)
    {
        document.Info = new()
        {
            Title = "SpeechEmotion",
            Version = ProductVersion.Text,
            Description = "Recognizes the emotion of recorded and live speech. "
                + "Errors are problem documents (RFC 9457) with a stable `code`.",
            License = new() { Name = "Apache-2.0", Identifier = "Apache-2.0" },
        };
        document.Tags = Tags.Select(tag => new OpenApiTag { Name = tag.Name, Description = tag.Description }).ToHashSet();
        ApiSecurity.AddSchemes(document);
        return Task.CompletedTask;
    }
}
