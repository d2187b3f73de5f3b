using System.Collections.Concurrent;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Settings;
using SpeechEmotion.Server.Storage.Notices;

namespace SpeechEmotion.Server.Access;

/// <summary>
/// Limits the requests per minute of each key, user or address. Servers that share a database count the requests of each other, about a
/// second late.
/// </summary>
/// <remarks>
/// ASP.NET's own middleware never disposes of its limiters: each has a timer that fires ten times a second and keeps a stopped
/// server in memory.
/// </remarks>
internal sealed class RateLimit : IMiddleware, IDisposable
{
    /// <summary>The number of counters that all addresses share, which bounds the memory.</summary>
    private const int Counters = 1 << 14;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    /// <summary>How often other servers receive the counts.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly int _limit;
    private readonly NoticeBoard _board;
    private readonly PartitionedRateLimiter<string>? _limiter;
    private readonly SharedHash _hash;
    private readonly ConcurrentDictionary<string, int> _unposted = [];
    private readonly ITimer? _posting;

    /// <summary>Begins to count.</summary>
    public RateLimit(IOptions<ServerOptions> options, SharedHash hash, NoticeBoard board, TimeProvider time)
    {
        (_limit, _hash, _board) = (options.Value.RateLimit, hash, board);
        if (_limit == 0)
            return;
        _limiter = PartitionedRateLimiter.Create<string, string>(
            quota => RateLimitPartition.GetFixedWindowLimiter(quota, _ => new() { PermitLimit = _limit, Window = Window }));
        _board.Posted += Receive;
        if (_board.IsShared)
            _posting = time.CreateTimer(_ => Post(), null, Interval, Interval);
    }

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (_limiter is null || !RequestCost.Of(context).Rate)
        {
            await next(context);
            return;
        }
        var quota = QuotaOf(context);
        using var lease = _limiter.AttemptAcquire(quota);
        if (lease.IsAcquired && _board.IsShared)
            _unposted.AddOrUpdate(quota, 1, (_, count) => count + 1);
        await (lease.IsAcquired ? next(context) : RejectAsync(context, lease));
    }

    public void Dispose()
    {
        _board.Posted -= Receive;
        _posting?.Dispose();
        _limiter?.Dispose();
    }

    /// <summary>Returns the key of the counter. No client can choose the client that it shares a counter with.</summary>
    private string QuotaOf(HttpContext context) => context.Caller() is { } caller
        ? Convert.ToHexString(_hash.Of(caller.Quota))
        : $"place:{BitConverter.ToUInt32(_hash.Of(context.Place())) % Counters}";

    private void Post()
    {
        var notices = new List<Notice>();
        foreach (var key in _unposted.Keys)
        {
            if (_unposted.TryRemove(key, out var count))
                notices.Add(new(NoticeKind.Requests, key, count));
        }
        if (notices.Count > 0)
            _ = _board.PostAsync(notices);
    }

    private void Receive(Notice notice)
    {
        if (notice is not { Kind: NoticeKind.Requests, Value: { } value } || !_board.IsForeign(notice))
            return;
        // A counter with less room takes a part.
        for (var count = (int)Math.Clamp(value, 0, _limit); count > 0; count /= 2)
        {
            using var lease = _limiter!.AttemptAcquire(notice.Subject, count);
            if (lease.IsAcquired)
                return;
        }
    }

    private static Task RejectAsync(HttpContext context, RateLimitLease lease)
    {
        var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : Window;
        return ProblemAnswers.WriteAsync(context, RequestErrors.TooManyRequests(Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds))));
    }
}
