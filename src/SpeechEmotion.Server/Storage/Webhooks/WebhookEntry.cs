using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using SpeechEmotion.Server.Storage.Batches;

namespace SpeechEmotion.Server.Storage.Webhooks;

/// <summary>An event and its delivery to a receiver. The row is added in the transaction that stores the final state.</summary>
public sealed class WebhookEntry
{
    /// <summary>Identifier of the event: 32 hexadecimal digits that sort by time. Receivers see it as <c>webhook-id</c>.</summary>
    public required string Id { get; set; }

    /// <summary>The URL of the receiver. It may contain secrets, so only its origin is shown.</summary>
    public required string Url { get; set; }

    /// <summary>Kind of the event, for example <c>recognition.done</c>.</summary>
    public required string Type { get; set; }

    /// <summary>The path of the recognition or batch, below the base path of the server.</summary>
    public required string Subject { get; set; }

    /// <summary>The JSON that is sent; every attempt sends the same text.</summary>
    public required string Body { get; set; }

    /// <summary>Time of the event in milliseconds since 1970.</summary>
    public required long Created { get; set; }

    /// <summary>State of the delivery.</summary>
    public WebhookState State { get; set; }

    /// <summary>Number of attempts since the event or the latest retry by a user.</summary>
    public int Attempts { get; set; }

    /// <summary>Earliest time of the next attempt, in milliseconds since 1970.</summary>
    public required long Due { get; set; }

    /// <summary>Time of the delivery or of the last attempt, in milliseconds since 1970; null while further attempts follow.</summary>
    public long? Completed { get; set; }

    /// <summary>The program that sends the event; null if none does.</summary>
    public string? Sender { get; set; }

    /// <summary>HTTP status of the latest answer; null if there was none.</summary>
    public int? Status { get; set; }

    /// <summary>Code of the latest failure; null if there was none.</summary>
    public string? Code { get; set; }

    /// <summary>Returns the event of a recognition; null if it has no webhook or is not finished.</summary>
    internal static WebhookEntry? Of(RecognitionDocument document, DateTimeOffset now) => document is { Webhook: { } url, IsFinal: true }
        ? Of(
            url, $"recognition.{NameOf(document.State)}", PathOf(document.Id), WebhookRecognition.Of(document),
            WebhookBodyContext.Readable.WebhookBodyWebhookRecognition, now)
        : null;

    /// <summary>Returns the event of a batch for its current state; null if it has no webhook.</summary>
    internal static WebhookEntry? Of(BatchEntry batch, BatchProgress progress, DateTimeOffset now) => batch.Webhook is { } url
        ? Of(
            url, $"batch.{NameOf(batch.State)}", PathOf(batch.Id), WebhookBatch.Of(batch, progress),
            WebhookBodyContext.Readable.WebhookBodyWebhookBatch, now)
        : null;

    /// <summary>The path of a recognition, below the base path of the server.</summary>
    internal static string PathOf(string recognition) => $"/api/v1/recognitions/{recognition}";

    /// <summary>The path of a batch, below the base path of the server.</summary>
    internal static string PathOf(int batch) => string.Create(CultureInfo.InvariantCulture, $"/api/v1/batches/{batch}");

    /// <summary>The name of a state in events and addresses.</summary>
    internal static string NameOf<T>(T state)
        where T : struct, Enum => state.ToString().ToLowerInvariant();

    private static WebhookEntry Of<T>(
        string url, string type, string subject, T data, JsonTypeInfo<WebhookBody<T>> json, DateTimeOffset now) => new()
        {
            Id = Guid.CreateVersion7(now).ToString("N"),
            Url = url,
            Type = type,
            Subject = subject,
            Body = JsonSerializer.Serialize(new(type, now, data), json),
            Created = now.ToUnixTimeMilliseconds(),
            Due = now.ToUnixTimeMilliseconds(),
        };
}
