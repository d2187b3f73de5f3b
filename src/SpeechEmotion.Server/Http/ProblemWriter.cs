namespace SpeechEmotion.Server.Http;

/// <summary>
/// Writes problem documents to whoever asked, whatever they accept: an EventSource takes only event streams and a player only
/// sound, and both must learn what is wrong.
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
