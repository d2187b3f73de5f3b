using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using SpeechEmotion.Options;
using SpeechEmotion.Server.Access;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Storage.Webhooks;

namespace SpeechEmotion.Server.Webhooks;

/// <summary><c>/api/v1/webhooks</c>.</summary>
internal static class WebhooksApi
{
    private const int MaxLimit = 200;
    private const int DefaultLimit = 50;

    public static IEndpointRouteBuilder MapWebhooks(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/webhooks").WithTags("Webhooks").GuardRest();
        group.MapGet("/", ListAsync).WithName("ListWebhooks").WithSummary("List webhooks and their deliveries, newest first")
            .WithDescription("Delivered ones are removed after 7 days, dead ones after 30.").ProducesProblem(400);
        group.MapPost("/{id}/retry", RetryAsync).WithName("RetryWebhook").WithSummary("Send a webhook again")
            .WithDescription("Sends the event with the same identifier, whatever the state of its delivery, and repeats failed attempts.")
            .ProducesProblem(404).ProducesProblem(422);
        return routes;
    }

    private static async Task<Ok<WebhookList>> ListAsync(
        HttpContext context, [FromServices] WebhookStore store,
        [FromQuery, Description("Only webhooks in this state.")] string? state,
        [FromQuery, Description("next of the page before; default: the newest webhooks.")] string? cursor,
        [FromQuery, Description("Webhooks per page, 200 at most; default 50.")] string? limit, CancellationToken ct)
    {
        var most = RequestErrors.WholeIn("limit", limit, 1, MaxLimit) ?? DefaultLimit;
        var found = await store.ListAsync(StateOf(state), string.IsNullOrEmpty(cursor) ? null : cursor, most + 1, ct);
        var page = found.Take(most).ToArray();
        return TypedResults.Ok(new WebhookList(
            [.. page.Select(entry => WebhookResource.Of(entry, context))], found.Count > most ? page[^1].Id : null));
    }

    private static async Task<Ok<WebhookResource>> RetryAsync(
        HttpContext context, string id, [FromServices] WebhookStore store, [FromServices] WebhookSender sender, CancellationToken ct)
    {
        if (!sender.IsOn)
            throw WebhookErrors.NoSecret();
        return TypedResults.Ok(WebhookResource.Of(await store.RetryAsync(id, ct) ?? throw WebhookErrors.Unknown(id), context));
    }

    private static WebhookState? StateOf(string? state) => string.IsNullOrEmpty(state) ? null
        : Choices.Find<WebhookState>(state) ?? throw RequestErrors.NotOneOf("state", state, Choices.Of<WebhookState>());
}
