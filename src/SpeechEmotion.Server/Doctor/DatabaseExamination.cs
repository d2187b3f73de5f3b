using System.Globalization;
using SpeechEmotion.Errors;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Settings;
using SpeechEmotion.Server.Storage.PostgreSql;
using SpeechEmotion.Server.Storage.Programs;

namespace SpeechEmotion.Server.Doctor;

/// <summary>Examines a database without a change to it.</summary>
internal static class DatabaseExamination
{
    private const string Subject = "database";

    /// <summary>The most connections that a program opens (docs/cluster.md, Sizing).</summary>
    private const int ConnectionsOfProgram = 6;

    private static readonly TimeSpan LongRoundTrip = TimeSpan.FromMilliseconds(20);

    /// <param name="address">The database.</param>
    /// <param name="time">The clock of this machine.</param>
    /// <returns>The findings, and whether the database has tables; null if it cannot be read.</returns>
    public static async Task<(IReadOnlyList<Finding> Findings, bool? HasTables)> RunAsync(PostgresAddress address, TimeProvider time)
    {
        try
        {
            var facts = await PostgresFacts.ReadAsync(address, time, CancellationToken.None);
            return ([.. Judge(address, facts), await JudgeTablesAsync(address, facts, time)], facts.Tables.Count > 0);
        }
        catch (RequestException failure)
        {
            return ([Finding.Failed(Subject, PostgresErrors.At(address.Name, failure))], null);
        }
    }

    private static IEnumerable<Finding> Judge(PostgresAddress address, PostgresFacts facts)
    {
        var trip = string.Create(CultureInfo.InvariantCulture, $"{facts.RoundTrip.TotalMilliseconds:F1} ms");
        yield return Finding.Ok(
            Subject, $"{address.Name}: PostgreSQL {facts.Version}, {trip} a request, {(facts.IsEncrypted ? "" : "not ")}encrypted");
        if (PostgresSchema.IsTooOld(facts.Version))
            yield return Finding.Failed(Subject, PostgresErrors.TooOld(facts.Version));
        if (facts.IsStandby)
            yield return Finding.Failed(Subject, PostgresErrors.ReadOnly(null));
        if (!facts.MayCreate)
            yield return Finding.Failed(Subject, PostgresErrors.NoRights(null));
        if (facts.RoundTrip > LongRoundTrip)
        {
            yield return Finding.Warning(
                Subject, $"A request takes {trip}: programs and database should be in one network.",
                $"一次请求需要 {trip}：程序与数据库应位于同一网络。");
        }
        yield return JudgeConnections(facts);
        yield return JudgeClock(facts);
    }

    private static Finding JudgeConnections(PostgresFacts facts)
    {
        var (free, subject) = (facts.MostConnections - facts.Connections, "connections");
        return free >= ConnectionsOfProgram * 2
            ? Finding.Ok(subject, $"{free} of {facts.MostConnections} are free, enough for {free / ConnectionsOfProgram} more programs")
            : Finding.Warning(
                subject,
                $"{free} of {facts.MostConnections} are free; a program needs up to {ConnectionsOfProgram}. Raise max_connections.",
                $"{facts.MostConnections} 个连接中仅剩 {free} 个；每个程序最多需要 {ConnectionsOfProgram} 个。请调高 max_connections。");
    }

    private static Finding JudgeClock(PostgresFacts facts)
    {
        var offset = facts.ReadAt - facts.Now;
        var seconds = string.Create(CultureInfo.InvariantCulture, $"{Math.Round(offset.TotalSeconds, 1) + 0.0:F1} s");
        return offset.Duration() <= ProgramLease.MostClockOffset
            ? Finding.Ok("clock", $"{seconds} ahead of the database's")
            : Finding.Warning(
                "clock", $"{seconds} ahead of the database's: set both (NTP). A bucket may refuse requests.",
                $"比数据库快 {seconds}（负数表示慢）：请校准（NTP）。存储桶可能会拒绝请求。");
    }

    private static async Task<Finding> JudgeTablesAsync(PostgresAddress address, PostgresFacts facts, TimeProvider time)
    {
        const string Tables = "tables";
        if (facts.Tables.Count == 0)
            return Finding.Ok(Tables, "none yet; the first server creates them");
        using var database = new PostgresDatabase(address, time);
        try
        {
            var missing = await database.ReadAsync(
                context => PostgresSchema.CountMissingAsync((PostgresContext)context, CancellationToken.None));
            return missing == 0
                ? Finding.Ok(Tables, "those of this version")
                : Finding.Warning(
                    Tables, $"of an older version; the next program of this version that starts migrates them ({missing} steps).",
                    $"为旧版本；下一个启动的本版本程序会进行迁移（{missing} 步）。");
        }
        catch (SpeechEmotionException failure)
        {
            return Finding.Failed(Tables, failure);
        }
    }
}
