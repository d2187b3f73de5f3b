using System.Diagnostics;
using Shouldly;
using SpeechEmotion.Server.Exports;
using SpeechEmotion.Server.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Exports;

/// <summary>Memory does not grow with the number of recordings. Runs alone, because it measures the memory of the process.</summary>
[Collection(Alone.Name)]
public sealed class LargeExportTests(ITestOutputHelper output)
{
    private const int Rows = 100_000;

    /// <summary>The stored results alone are more than twice as large.</summary>
    private const long MostBytes = 64 << 20;

    /// <summary>A row group of a Parquet file is in memory: a hundred bytes for each of 26 columns, twice.</summary>
    private const long MostParquetBytes = 192 << 20;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Export_ManyRecordings_KeepsMemoryFlat()
    {
        using var database = await BatchDatabase.CreateAsync(null, "agent");
        await database.AddManyAsync(Rows, RealResult.Speech, RealResult.Noise);
        var baseline = GC.GetTotalMemory(forceFullCollection: true);
        var peak = 0L;
        var queries = 0;
        database.Querying = () =>
        {
            if (++queries % 40 == 0)
                peak = Math.Max(peak, GC.GetTotalMemory(forceFullCollection: true) - baseline);
        };

        foreach (var (format, most) in ((ExportFormat, long)[])[
            (ExportFormat.Csv, MostBytes), (ExportFormat.Jsonl, MostBytes), (ExportFormat.Parquet, MostParquetBytes)])
        {
            peak = 0;
            var clock = Stopwatch.StartNew();
            await using var file = File.Create(Path.Combine(Path.GetDirectoryName(database.Folder)!, $"{format}"));
            await new BatchExport(database).WriteAsync(BatchDatabase.Id, format, ExportedTable.Results, file, new(), Ct);
            output.WriteLine($"{format}: {Rows / clock.Elapsed.TotalSeconds:0} rows/s, {file.Length >> 20} MiB, peak {peak >> 20} MiB");
            peak.ShouldBeLessThan(most, format.ToString());
        }
        peak = 0;
        var all = Stopwatch.StartNew();
        await new BatchExport(database).WriteAllAsync(BatchDatabase.Id, database.Folder, new(), Ct);
        output.WriteLine($"all: {Rows / all.Elapsed.TotalSeconds:0} rows/s, peak {peak >> 20} MiB");

        peak.ShouldBeLessThan(MostParquetBytes);
        foreach (var name in (string[])["results.csv", "results.parquet"])
            DuckTable.Value($"SELECT count(DISTINCT item) FROM {DuckTable.Of(database.File(name))}").ShouldBe((long)Rows);
        var groups = $"parquet_metadata('{database.File("results.parquet")}')";
        DuckTable.Query($"SELECT max(row_group_num_rows), count(DISTINCT row_group_id) FROM {groups}").Single().ShouldBe([50_000L, 2L]);
    }
}
