using System.Diagnostics;
using Shouldly;
using SpeechEmotion.Server.Exports;
using SpeechEmotion.Server.Storage;
using SpeechEmotion.Server.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Exports;

/// <summary>Memory does not grow with the length of the history. Runs alone, because it measures the memory of the process.</summary>
[Collection(Alone.Name)]
public sealed class LargeHistoryTests(ITestOutputHelper output)
{
    private const int Rows = 100_000;

    /// <summary>The documents alone are more than three times as large.</summary>
    private const long MostBytes = 64 << 20;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Export_LongHistory_KeepsMemoryFlat()
    {
        await using var database = await Support.BatchDatabase.CreateAsync();
        await database.Database.WriteAsync(
            async context =>
            {
                await ManyRecognitions.AddAsync(context, Rows);
                return true;
            },
            Ct);
        var export = new HistoryExport(new HistoryPages(database.Database), database.Files, TimeProvider.System);
        var csv = Path.Combine(database.Folder, "results.csv");
        var clock = Stopwatch.StartNew();
        await using (var file = new PeakFile(csv))
        {
            await export.WriteAsync(new(), ExportFormat.Csv, ExportedTable.Results, new(), file, Ct);
            output.WriteLine($"{Rows / clock.Elapsed.TotalSeconds:0} rows/s, {file.Length >> 20} MiB, peak {file.Peak >> 20} MiB");
            file.Peak.ShouldBeLessThan(MostBytes);
        }

        DuckTable.Value($"SELECT count(DISTINCT id) FROM {DuckTable.Of(csv)}").ShouldBe((long)Rows);
    }

    /// <summary>A file that measures the memory from time to time while it is written.</summary>
    private sealed class PeakFile(string path) : FileStream(path, FileMode.Create)
    {
        private readonly long _baseline = GC.GetTotalMemory(forceFullCollection: true);
        private int _writes;

        /// <summary>The most bytes in use, beyond those at the start.</summary>
        public long Peak { get; private set; }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (++_writes % 20 == 0)
                Peak = Math.Max(Peak, GC.GetTotalMemory(forceFullCollection: true) - _baseline);
            return base.WriteAsync(buffer, cancellationToken);
        }
    }
}
