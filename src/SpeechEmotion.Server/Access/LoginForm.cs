using Microsoft.OpenApi;

namespace SpeechEmotion.Server.Access;

/// <summary>The OpenAPI description of the login form.</summary>
internal static class LoginForm
{
    /// <summary>Describes the body of a route as the login form.</summary>
    public static RouteHandlerBuilder TakesLogin(this RouteHandlerBuilder route) => route
        .Produces<LoginRefusal>(401)
        .AddOpenApiOperationTransformer((operation, _, _) =>
        {
            OpenApiMediaType form = new()
            {
                Schema = new OpenApiSchema
                {
                    Type = JsonSchemaType.Object,
                    Description = "username and password, or api_key.",
                    Properties = new Dictionary<string, IOpenApiSchema>
                    {
                        ["username"] = Text("User of `--auth`."),
                        ["password"] = Text("Password of the user."),
                        ["api_key"] = Text("A key of `--api-key`."),
                    },
                },
            };
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = true,
                Content = new Dictionary<string, OpenApiMediaType>
                {
                    ["application/x-www-form-urlencoded"] = form,
                    ["multipart/form-data"] = form,
                },
            };
            return Task.CompletedTask;
        });

    private static OpenApiSchema Text(string description) => new() { Type = JsonSchemaType.String, Description = description };
}
