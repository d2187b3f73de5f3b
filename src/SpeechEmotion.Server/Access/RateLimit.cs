using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Settings;

namespace SpeechEmotion.Server.Access;

/// <summary>Limits the requests per minute of each key, user or address.</summary>
/// <remarks>
/// ASP.NET's own middleware never disposes of its limiters: each has a timer that fires ten times a second and keeps a stopped
/// server in memory.
/// </remarks>
internal sealed class RateLimit(IOptions<ServerOptions> options) : IMiddleware, IDisposable
{
    /// <summary>The number of counters that all addresses share, which bounds the memory.</summary>
    private const int Counters = 1 << 14;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly PartitionedRateLimiter<HttpContext>? _limiter = Of(options.Value.RateLimit);

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        using var lease = _limiter?.AttemptAcquire(context);
        await (lease is { IsAcquired: false } ? RejectAsync(context, lease) : next(context));
    }

    public void Dispose() => _limiter?.Dispose();

    private static PartitionedRateLimiter<HttpContext>? Of(int limit) => limit == 0
        ? null
        : PartitionedRateLimiter.Create<HttpContext, string>(context => RequestCost.Of(context).Rate
            ? RateLimitPartition.GetFixedWindowLimiter(QuotaOf(context), _ => new() { PermitLimit = limit, Window = Window })
            : RateLimitPartition.GetNoLimiter(""));

    /// <summary>
    /// Returns the key of the counter. String hashes differ from run to run, so no client can choose the client that it shares a
    /// counter with.
    /// </summary>
    private static string QuotaOf(HttpContext context) =>
        context.Caller()?.Quota ?? $"place:{(uint)context.Place().GetHashCode(StringComparison.Ordinal) % Counters}";

    private static Task RejectAsync(HttpContext context, RateLimitLease lease)
    {
        var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : Window;
        return ProblemAnswers.WriteAsync(context, RequestErrors.TooManyRequests(Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds))));
    }
}
