using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;
using SpeechEmotion.Server.Errors;

namespace SpeechEmotion.Server.Access;

/// <summary>So many requests a minute for each key, user, or address.</summary>
internal static class RateLimit
{
    /// <summary>Addresses share this many counters, so that many addresses do not take much memory.</summary>
    private const int Counters = 1 << 14;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    public static IServiceCollection AddRateLimit(this IServiceCollection services)
    {
        services.AddRateLimiter(limiter => limiter.OnRejected = RejectAsync);
        services.AddOptions<RateLimiterOptions>().Configure<IOptions<ServerOptions>>((limiter, options) => limiter.GlobalLimiter = Of(options.Value.RateLimit));
        return services;
    }

    private static PartitionedRateLimiter<HttpContext>? Of(int limit) => limit == 0 ? null : PartitionedRateLimiter.Create<HttpContext, string>(
        context => Paths.IsLimited(context.Request)
            ? RateLimitPartition.GetFixedWindowLimiter(QuotaOf(context), _ => new() { PermitLimit = limit, Window = Window })
            : RateLimitPartition.GetNoLimiter(""));

    /// <summary>Hashes of strings differ from run to run: nobody can choose whom to share a counter with.</summary>
    private static string QuotaOf(HttpContext context) =>
        context.Caller()?.Quota ?? $"place:{(uint)context.Place().GetHashCode(StringComparison.Ordinal) % Counters}";

    private static ValueTask RejectAsync(OnRejectedContext rejected, CancellationToken ct)
    {
        var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : Window;
        return new(ProblemAnswers.WriteAsync(rejected.HttpContext, RequestErrors.TooManyRequests(Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)))));
    }
}
