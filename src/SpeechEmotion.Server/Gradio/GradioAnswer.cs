using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using SpeechEmotion.Errors;
using SpeechEmotion.Server.Http;

namespace SpeechEmotion.Server.Gradio;

/// <summary>Answers of the shape that Gradio's clients expect.</summary>
internal static class GradioAnswer
{
    /// <summary>People read these answers as they stand, so Chinese stays Chinese.</summary>
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>JSON on one line.</summary>
    public static IResult Json(JsonObject json, int status = 200) => TypedResults.Text(json.ToJsonString(Readable), "application/json", null, status);

    /// <summary>What all routes but the synchronous ones answer in the place of a result.</summary>
    public static IResult Detail(int status, string text) => Json(new() { ["detail"] = text }, status);

    /// <summary>Turns a failure into such an answer.</summary>
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

    /// <summary>A failure that its caller can do something about; null for any other.</summary>
    public static SpeechEmotionException? Expected(Exception failure) =>
        failure is SpeechEmotionException or BadHttpRequestException or InvalidDataException ? ProblemAnswers.Known(failure) : null;

    /// <summary>Its status: a queue that is full is 503 here. Python fails over 422 with a text, so that is 400.</summary>
    public static int StatusOf(SpeechEmotionException error, HttpContext context)
    {
        ProblemAnswers.TellRetry(context, error);
        return ProblemAnswers.StatusOf(error) switch
        {
            429 => 503,
            422 => 400,
            var status => status,
        };
    }
}
