namespace SpeechEmotion.Server.Http;

/// <summary>
/// Writes problem documents whatever the client accepts: an EventSource accepts only event streams and a player only audio, but
/// both must receive the error.
/// </summary>
internal sealed class ProblemWriter : IProblemDetailsWriter
{
    public bool CanWrite(ProblemDetailsContext context) => true;

    public async ValueTask WriteAsync(ProblemDetailsContext context)
    {
        ProblemAnswers.Complete(context);
        await context.HttpContext.Response.WriteAsJsonAsync(
            context.ProblemDetails, options: null, contentType: "application/problem+json", context.HttpContext.RequestAborted);
    }
}
