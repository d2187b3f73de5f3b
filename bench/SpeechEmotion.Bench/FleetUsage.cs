using System.Diagnostics;
using System.Globalization;

namespace SpeechEmotion.Bench;

/// <summary>What a fleet has used since its start.</summary>
/// <param name="Time">Timestamp.</param>
/// <param name="Postgres">Processor seconds of PostgreSQL.</param>
/// <param name="Broker">Those of RabbitMQ; 0 without one.</param>
/// <param name="Programs">Those of this process, which has the workers and the server.</param>
/// <param name="Transactions">Transactions of the database; each query outside of one is one.</param>
/// <param name="Log">Bytes that PostgreSQL has written to its log (WAL).</param>
/// <param name="Outcomes">Stored outcomes.</param>
internal sealed record FleetUsage(
    long Time, double Postgres, double Broker, double Programs, long Transactions, long Log, long Outcomes)
{
    private const string TransactionCount = "SELECT sum(xact_commit + xact_rollback)::bigint FROM pg_stat_database";
    private const string LogBytes = "SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint";
    private const string OutcomeCount = "SELECT count(*) FROM batch_outcomes";

    /// <summary>Reads the counters.</summary>
    public static async Task<FleetUsage> ReadAsync(TrialDatabase postgres, TrialBroker? broker) => new(
        Stopwatch.GetTimestamp(), ProcessorTime.Of(postgres.Id), broker is null ? 0 : ProcessorTime.Of(broker.Id),
        Environment.CpuUsage.TotalTime.TotalSeconds, await postgres.CountAsync(TransactionCount), await postgres.CountAsync(LogBytes),
        await postgres.CountAsync(OutcomeCount));

    /// <summary>Describes what was used from a moment to a later one, each second and for each outcome.</summary>
    public static string Describe(FleetUsage from, FleetUsage to)
    {
        var (seconds, outcomes) = (Stopwatch.GetElapsedTime(from.Time, to.Time).TotalSeconds, to.Outcomes - from.Outcomes);
        var text = new List<string> { Text($"{seconds:F0} s, {outcomes / seconds:F1} outcomes/s") };
        text.Add($"PostgreSQL {Share(to.Postgres - from.Postgres)}");
        text.Add(Rate(to.Transactions - from.Transactions, "transactions"));
        text.Add(Rate(to.Log - from.Log, "bytes of WAL"));
        text.Add($"RabbitMQ {Share(to.Broker - from.Broker)}");
        text.Add($"programs {Share(to.Programs - from.Programs)}");
        return string.Join("; ", text);

        string Share(double used) => Text($"{used / seconds:P1} of a core") + Each(used * 1000, "ms");

        string Rate(long count, string unit) => Text($"{count / seconds:F0} {unit}/s") + Each(count, "");

        string Each(double count, string unit) => outcomes == 0 ? "" : Text($" ({count / outcomes:F2}{unit} each)");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
