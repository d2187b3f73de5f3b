using System.Net.Http.Json;
using System.Text.Json;
using SpeechEmotion.Client.Errors;
using SpeechEmotion.Client.Options;

namespace SpeechEmotion.Client.Connection;

/// <summary>A problem document: why the server refused a request.</summary>
/// <param name="Code">The stable code.</param>
/// <param name="Title">The meaning of the status.</param>
/// <param name="Detail">The text for people.</param>
/// <param name="RequestId">Identifies the request in the log of the server.</param>
internal sealed record Problem(string? Code, string? Title, string? Detail, string? RequestId)
{
    /// <summary>Reads the error of a response.</summary>
    public static async Task<ServerException> ReadAsync(HttpResponseMessage response, ClientOptions options, CancellationToken ct)
    {
        var retryAfter = response.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => TimeSpan.FromTicks(Math.Max(0, (date - options.Time.GetUtcNow()).Ticks)),
            _ => (TimeSpan?)null,
        };
        if (await DocumentAsync(response, ct).ConfigureAwait(false) is not { Code: { } code } problem)
            return ConnectionErrors.OfStatus(options.Language, response.StatusCode, retryAfter);
        return new(code, problem.Detail ?? problem.Title ?? code)
        {
            Status = response.StatusCode,
            RequestId = problem.RequestId,
            RetryAfter = retryAfter,
            IsTemporary = retryAfter is not null,
        };
    }

    private static async Task<Problem?> DocumentAsync(HttpResponseMessage response, CancellationToken ct)
    {
        if (response.Content.Headers.ContentType?.MediaType != "application/problem+json")
            return null;
        try
        {
            return await response.Content.ReadFromJsonAsync(ClientJsonContext.Default.Problem, ct).ConfigureAwait(false);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
