using Microsoft.EntityFrameworkCore;
using SpeechEmotion.Server.Storage.Notices;

namespace SpeechEmotion.Server.Storage.Programs;

/// <summary>The servers and workers that share the database, as each has reported; a server that is alone is the only one.</summary>
/// <remarks>All methods may throw the exceptions of <see cref="HistoryDatabase"/>.</remarks>
public sealed class ProgramDirectory(HistoryDatabase database, ProgramLease lease, NoticeBoard board)
{
    /// <summary>A program that has been silent for longer is not listed.</summary>
    private static readonly TimeSpan LongestSilence = TimeSpan.FromHours(1);

    /// <summary>Whether other programs may use the database.</summary>
    public bool IsShared => database.IsShared;

    /// <summary>The name of this program.</summary>
    public string Own => lease.Name;

    /// <summary>Returns all, those included that became silent within the last hour, and the time by the database's clock.</summary>
    public Task<(IReadOnlyList<ProgramEntry> Programs, long Now)> ListAsync(CancellationToken ct) =>
        database.ReadAsync<(IReadOnlyList<ProgramEntry>, long)>(async context =>
        {
            var now = await database.NowAsync(context, ct);
            if (!IsShared)
                return ([lease.Describe(now)], now);
            var since = now - (long)LongestSilence.TotalMilliseconds;
            return (await context.Programs.AsNoTracking().Where(program => program.LeasedUntil >= since)
                .OrderBy(program => program.Started).ToListAsync(ct), now);
        });

    /// <summary>Asks a program to take no more work, or to take work again.</summary>
    /// <returns>False if there is no such program, it is silent, or its version does not know that.</returns>
    public async Task<bool> SetDrainingAsync(string name, bool draining, CancellationToken ct)
    {
        var isKnown = await database.WriteAsync(
            async context => await ProgramLease.Living(context, await database.NowAsync(context, ct))
                .Where(program => program.Name == name && program.Status != null)
                .ExecuteUpdateAsync(program => program.SetProperty(p => p.Draining, draining), ct) == 1,
            ct);
        if (isKnown)
            await board.PostAsync(new Notice(NoticeKind.Program, name));
        return isKnown;
    }
}
