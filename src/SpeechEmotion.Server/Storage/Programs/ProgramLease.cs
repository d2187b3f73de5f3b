using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using SpeechEmotion.Errors;
using SpeechEmotion.Results;
using SpeechEmotion.Server.Hosting;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Logging;
using SpeechEmotion.Server.Storage.Notices;

namespace SpeechEmotion.Server.Storage.Programs;

/// <summary>
/// Shows the other programs of a shared database that this one lives: it keeps what it works on. When a program is silent for
/// <see cref="Duration"/>, others continue its work.
/// </summary>
public sealed class ProgramLease(
    HistoryDatabase database, NoticeBoard board, Drain drain, ServerFolder folder, TimeProvider time, ILogger<ProgramLease> logger)
    : BackgroundService
{
    /// <summary>How long a program may be silent.</summary>
    public static readonly TimeSpan Duration = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Interval = Duration / 6;

    /// <summary>Rows of programs that are silent for so long are deleted.</summary>
    private static readonly TimeSpan Retention = TimeSpan.FromDays(1);

    /// <summary>A clock that differs by more misleads people. A bucket refuses one that differs by minutes.</summary>
    internal static readonly TimeSpan MostClockOffset = TimeSpan.FromSeconds(5);

    private readonly long _started = time.GetTimestamp();
    private string? _reported;
    private long _renewed = time.GetTimestamp();
    private long _interrupted = time.GetTimestamp() - (long)(Duration.TotalSeconds * time.TimestampFrequency);

    /// <summary>The name of this program.</summary>
    public string Name => folder.Program;

    /// <summary>What this program does now; the others see it after the next renewal.</summary>
    public Func<ProgramStatus> Report { get; set; } = () => new();

    /// <summary>How far the clock of this program was ahead of the database's at the latest renewal.</summary>
    public TimeSpan ClockOffset { get; private set; }

    /// <summary>
    /// Whether a lease of another program that has ended shows that the program is silent. When the database did not answer, all leases may
    /// have ended, and the programs need time to renew them.
    /// </summary>
    public bool MayJudge => !database.IsShared || (time.GetElapsedTime(Volatile.Read(ref _renewed)) < Interval * 2
        && time.GetElapsedTime(Volatile.Read(ref _interrupted)) >= Duration);

    /// <summary>The programs that live.</summary>
    /// <param name="context">The database.</param>
    /// <param name="now">The time by its clock, in milliseconds since 1970.</param>
    internal static IQueryable<ProgramEntry> Living(HistoryContext context, long now) =>
        context.Programs.Where(program => program.LeasedUntil >= now);

    /// <summary>Returns those rows that no other living program works on.</summary>
    /// <param name="context">The database.</param>
    /// <param name="rows">Rows of work.</param>
    /// <param name="column">The name of the property for the program that works on a row; null in a row without one.</param>
    /// <param name="ct">Cancels the operation.</param>
    internal async Task<IQueryable<T>> FreeAsync<T>(HistoryContext context, IQueryable<T> rows, string column, CancellationToken ct)
        where T : class
    {
        var living = Living(context, await database.NowAsync(context, ct));
        // After that query, which may have waited for a database that was down.
        var (own, mayJudge) = (Name, MayJudge);
        return rows.Where(row => EF.Property<string?>(row, column) == null || EF.Property<string?>(row, column) == own
            || (mayJudge && !living.Any(program => program.Name == EF.Property<string?>(row, column))));
    }

    /// <summary>Takes the first of those rows that no other living program works on.</summary>
    /// <param name="rows">Rows of work in their order.</param>
    /// <param name="column">The name of the property for the program that works on a row; null in a row without one.</param>
    /// <param name="ct">Cancels the operation.</param>
    /// <returns>Null if there is none.</returns>
    internal async Task<T?> TakeAsync<T>(Func<HistoryContext, IQueryable<T>> rows, string column, CancellationToken ct)
        where T : class
    {
        // Without work, a program that asks often must not write.
        if (!await database.ReadAsync(async context => await (await FreeAsync(context, rows(context), column, ct)).AnyAsync(ct)))
            return null;
        return await database.WriteAsync(async context =>
        {
            var free = await FreeAsync(context, rows(context), column, ct);
            if (await free.SkipLocked().FirstOrDefaultAsync(ct) is not { } row)
                return null;
            context.Entry(row).Property(column).CurrentValue = Name;
            await context.SaveChangesAsync(ct);
            return row;
        }, ct);
    }

    /// <summary>Describes this program at a time of the database's clock.</summary>
    internal ProgramEntry Describe(long now) => new()
    {
        Name = Name,
        Kind = folder.IsWorker ? ProgramKind.Worker : ProgramKind.Server,
        Host = Environment.MachineName,
        Version = ProductVersion.Text,
        Started = now - (long)time.GetElapsedTime(_started).TotalMilliseconds,
        LeasedUntil = EndOf(now),
        Status = WriteStatus(),
        Draining = drain.IsOn,
    };

    /// <summary>Adds this program, before it takes any work.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!database.IsShared)
            return;
        if (await AreOthersSilentAsync(cancellationToken))
            Volatile.Write(ref _interrupted, time.GetTimestamp());
        await AddAsync(cancellationToken);
        if (ClockOffset.Duration() > MostClockOffset)
            Log.ClockWrong(logger, Math.Round(ClockOffset.TotalSeconds));
        Volatile.Write(ref _renewed, time.GetTimestamp());
        await base.StartAsync(cancellationToken);
    }

    /// <summary>Removes this program, whose work others may continue at once.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (!database.IsShared)
            return;
        try
        {
            await database.WriteAsync(
                context => context.Programs.Where(program => program.Name == Name).ExecuteDeleteAsync(CancellationToken.None),
                CancellationToken.None);
        }
        catch (SpeechEmotionException)
        {
            // The lease ends by itself.
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            var asked = board.Next(NoticeKind.Program);
            while (true)
            {
                await Task.WhenAny(asked, Task.Delay(Interval, time, stoppingToken));
                stoppingToken.ThrowIfCancellationRequested();
                asked = board.Next(NoticeKind.Program);
                await TryRenewAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The program stops.
        }
    }

    private async Task TryRenewAsync(CancellationToken ct)
    {
        try
        {
            if (await RenewAsync(ct) is not { } isDraining)
                await AddAsync(ct);
            else if (drain.Set(isDraining))
                await RenewAsync(ct);
            if (time.GetElapsedTime(_renewed) >= Interval * 2)
                Volatile.Write(ref _interrupted, time.GetTimestamp());
            Volatile.Write(ref _renewed, time.GetTimestamp());
            _reported = null;
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            // Whatever fails, the next renewal may succeed.
            var known = ProblemAnswers.Known(failure);
            if (_reported != known.Code)
                Log.LeaseNotRenewed(logger, known.Code, known.Message);
            _reported = known.Code;
        }
    }

    /// <summary>Whether the leases of all other programs have ended: they may have stopped, or the database may have been away.</summary>
    private Task<bool> AreOthersSilentAsync(CancellationToken ct) => database.ReadAsync(async context =>
    {
        var own = Name;
        var living = Living(context, await database.NowAsync(context, ct));
        return await context.Programs.AnyAsync(program => program.Name != own, ct)
            && !await living.AnyAsync(program => program.Name != own, ct);
    });

    private Task<int> AddAsync(CancellationToken ct) => WriteAsync(
        async context =>
        {
            var now = await ReadClockAsync(context, ct);
            var (own, silent) = (Name, now - (long)Retention.TotalMilliseconds);
            await context.Programs.Where(program => program.Name == own || program.LeasedUntil < silent).ExecuteDeleteAsync(ct);
            context.Add(Describe(now));
            return await context.SaveChangesAsync(ct);
        },
        ct);

    /// <returns>Whether the program is to take no more work; null if its row is gone.</returns>
    private Task<bool?> RenewAsync(CancellationToken ct) => WriteAsync<bool?>(
        async context =>
        {
            var (own, end, status) = (Name, EndOf(await ReadClockAsync(context, ct)), WriteStatus());
            var row = context.Programs.Where(program => program.Name == own);
            var renewed = await row.ExecuteUpdateAsync(
                program => program.SetProperty(p => p.LeasedUntil, end).SetProperty(p => p.Status, status), ct);
            return renewed == 0 ? null : await row.Select(program => program.Draining).FirstOrDefaultAsync(ct);
        },
        ct);

    private string WriteStatus() => JsonSerializer.Serialize(Report(), HistoryJsonContext.Default.ProgramStatus);

    private async Task<long> ReadClockAsync(HistoryContext context, CancellationToken ct)
    {
        var now = await database.NowAsync(context, ct);
        ClockOffset = time.GetUtcNow() - DateTimeOffset.FromUnixTimeMilliseconds(now);
        return now;
    }

    /// <summary>Writes, and gives a broken connection up early enough that another one can renew the lease.</summary>
    private Task<T> WriteAsync<T>(Func<HistoryContext, Task<T>> write, CancellationToken ct) => database.WriteAsync(
        context =>
        {
            context.Database.SetCommandTimeout(Interval);
            return write(context);
        },
        ct);

    private static long EndOf(long now) => now + (long)Duration.TotalMilliseconds;
}
