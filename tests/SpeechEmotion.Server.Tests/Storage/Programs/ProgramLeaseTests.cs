using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using SpeechEmotion.Server.Storage.Notices;
using SpeechEmotion.Server.Storage.Programs;
using SpeechEmotion.Server.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Storage.Programs;

public sealed class ProgramLeaseTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task MayJudge_AfterTheDatabaseWasAway_WaitsUntilOthersRenewedTheirLeases()
    {
        await using var database = await BatchDatabase.CreateAsync(engine: DatabaseEngine.PostgreSql);
        var time = new ManualTime();
        using var board = new NoticeBoard(database.Database, database.Server, time, NullLogger<NoticeBoard>.Instance);
        using var lease = new ProgramLease(
            database.Database, board, new(), database.Server, time, NullLogger<ProgramLease>.Instance);
        await lease.StartAsync(Ct);
        lease.MayJudge.ShouldBeTrue();

        // The clock moves on, as if the renewals of this time had failed; then one succeeds.
        time.Advance(TimeSpan.FromSeconds(40));
        lease.MayJudge.ShouldBeFalse();
        await database.Database.WriteAsync(
            context => context.Programs.ExecuteUpdateAsync(entry => entry.SetProperty(e => e.LeasedUntil, 0), Ct), Ct);
        await Until.AsyncTrue(() => database.Database.ReadAsync(context => context.Programs.AnyAsync(entry => entry.LeasedUntil > 0, Ct)));

        lease.MayJudge.ShouldBeFalse();
        time.Advance(TimeSpan.FromSeconds(9));
        lease.MayJudge.ShouldBeFalse();
        await lease.StopAsync(Ct);
        (await database.Database.ReadAsync(context => context.Programs.AnyAsync(Ct))).ShouldBeFalse();
    }
}
