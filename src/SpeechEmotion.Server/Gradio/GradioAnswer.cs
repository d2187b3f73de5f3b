using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using SpeechEmotion.Errors;
using SpeechEmotion.Server.Http;

namespace SpeechEmotion.Server.Gradio;

/// <summary>Responses in the form that Gradio clients expect.</summary>
internal static class GradioAnswer
{
    /// <summary>Leaves Chinese unescaped, because people read these responses directly.</summary>
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Returns a response with JSON on one line.</summary>
    public static IResult Json(JsonObject json, int status = 200) =>
        TypedResults.Text(json.ToJsonString(Readable), "application/json", null, status);

    /// <summary>Returns the error response of all routes except the synchronous ones.</summary>
    public static IResult Detail(int status, string text) => Json(new() { ["detail"] = text }, status);

    /// <summary>Converts an exception to such a response.</summary>
    public static async ValueTask<object?> DetailAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        try
        {
            return await next(invocation);
        }
        catch (Exception e) when (Expected(e) is { } error && !invocation.HttpContext.Response.HasStarted)
        {
            return Detail(StatusOf(error, invocation.HttpContext), GradioErrors.Text(error, invocation.HttpContext.PreferredLanguage()));
        }
    }

    /// <summary>Returns the error of an exception that the caller can act on; null for any other exception.</summary>
    public static SpeechEmotionException? Expected(Exception failure) =>
        failure is SpeechEmotionException or BadHttpRequestException or InvalidDataException ? ProblemAnswers.Known(failure) : null;

    /// <summary>
    /// Returns the status of an error for Gradio clients: a full queue is 503, and 422 becomes 400, because Python clients fail on a
    /// 422 with a text.
    /// </summary>
    public static int StatusOf(SpeechEmotionException error, HttpContext context)
    {
        ProblemAnswers.SetRetryAfter(context, error);
        return ProblemAnswers.StatusOf(error) switch
        {
            429 => 503,
            422 => 400,
            var status => status,
        };
    }
}
