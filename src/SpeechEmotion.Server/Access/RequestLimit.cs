using SpeechEmotion.Server.Hosting;
using SpeechEmotion.Server.Http;

namespace SpeechEmotion.Server.Access;

/// <summary>
/// Limits the requests that are open at the same time: in total, without a login, and without a login from one address. Requests
/// that wait for events count too. The page and the login are never refused: they are short, and a refused client must be able to
/// log in.
/// </summary>
internal sealed class RequestLimit(RequestDelegate next, ConnectionLimits limits)
{
    private readonly OpenCounts _addresses = new(limits.EachAddress);
    private int _open;
    private int _anonymous;

    public async Task InvokeAsync(HttpContext context)
    {
        if (!RequestCost.Of(context).Open)
        {
            await next(context);
            return;
        }
        var place = context.Caller() is null ? context.Place() : null;
        if (TryEnter(place) is { } refused)
        {
            await ProblemAnswers.WriteAsync(context, refused);
            return;
        }
        try
        {
            await next(context);
        }
        finally
        {
            Leave(place);
        }
    }

    private RequestException? TryEnter(string? place)
    {
        if (place is not null && !_addresses.TryEnter(place))
            return AccessErrors.TooManyOpen(limits.EachAddress);
        var anonymous = place is null ? 0 : Interlocked.Increment(ref _anonymous);
        if (Interlocked.Increment(ref _open) <= limits.Requests && anonymous <= limits.Anonymous)
            return null;
        Leave(place);
        return AccessErrors.Busy(place is null ? limits.Requests : limits.Anonymous);
    }

    private void Leave(string? place)
    {
        Interlocked.Decrement(ref _open);
        if (place is null)
            return;
        Interlocked.Decrement(ref _anonymous);
        _addresses.Leave(place);
    }
}
