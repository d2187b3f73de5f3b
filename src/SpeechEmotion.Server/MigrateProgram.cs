using System.CommandLine;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using SpeechEmotion.Server.Files;
using SpeechEmotion.Server.Hosting;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Settings;
using SpeechEmotion.Server.Storage;
using SpeechEmotion.Server.Storage.Batches;
using SpeechEmotion.Server.Storage.PostgreSql;
using SpeechEmotion.Server.Storage.Programs;
using SpeechEmotion.Server.Storage.Sqlite;

namespace SpeechEmotion.Server;

/// <summary>
/// <c>ser migrate</c>: moves the history and the batches of an output folder into PostgreSQL, or back. The files stay where they are.
/// </summary>
internal static class MigrateProgram
{
    private static readonly Option<bool> Back = new("--back")
    {
        Description = "From PostgreSQL into the output folder / 从 PostgreSQL 移回输出目录",
    };

    private const string NoDatabase = "--database is missing. / 缺少 --database。";

    /// <summary>Moves the data while no server uses it.</summary>
    /// <returns>0 if all rows were moved; 1 if nothing was; 2 for wrong arguments.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        var command = ServerSetting.CreateCommand(
            "ser migrate: moves an output folder's history and batches into PostgreSQL / 将输出目录的历史记录和批次移入 PostgreSQL",
            ServerSetting.OfMigration);
        command.Options.Add(Back);
        var parsed = command.Parse(args);
        if (parsed.Errors.Count > 0 || parsed.Action is not null)
            return parsed.Invoke() == 0 ? 0 : 2;
        var values = ServerSetting.Read(parsed, Environment.GetEnvironmentVariable, ServerSetting.OfMigration);
        var options = new ServerOptions
        {
            Database = Value(nameof(ServerOptions.Database)),
            Files = Value(nameof(ServerOptions.Files)),
            Output = Value(nameof(ServerOptions.Output)) ?? new ServerOptions().Output,
        };
        string? Value(string key) => values.GetValueOrDefault($"{ServerOptions.Section}:{key}");
        if (options.Database is null || !PostgresAddress.TryParse(options.Database, out var address))
        {
            await Console.Error.WriteLineAsync(options.Database is null ? NoDatabase : ServerOptionsValidator.NotADatabase);
            return 2;
        }
        if (BucketAddress.IsOne(options.Files) && !BucketAddress.TryParse(options.Files, out _))
        {
            await Console.Error.WriteLineAsync(ServerOptionsValidator.NotABucket);
            return 2;
        }
        try
        {
            await RunAsync(options, address, parsed.GetValue(Back));
            return 0;
        }
        catch (Exception e)
        {
            var failure = StartFailure.Of(e, options);
            await Console.Error.WriteLineAsync(failure.Text);
            return failure.ExitCode;
        }
    }

    private static async Task RunAsync(ServerOptions options, PostgresAddress address, bool back)
    {
        var time = TimeProvider.System;
        // Holds the lock of the folder: no server can be using it.
        using var folder = new ServerFolder(Microsoft.Extensions.Options.Options.Create(options));
        if (!back && !File.Exists(folder.Database))
            throw Nothing(folder.Output);
        if (back && folder.Results != folder.Output)
            throw FilesElsewhere(folder);
        using var shared = new PostgresDatabase(address, time);
        var files = FileServices.Open(folder, time, NullLogger<BucketFiles>.Instance);
        using var connection = files as IDisposable;
        var installation = new InstallationCheck(shared, folder, files, time);
        IReadOnlyList<(string Table, long Rows)> moved;
        using (var local = new SqliteDatabase(folder, time, durable: true))
        {
            if (back)
            {
                await shared.OpenAsync(CancellationToken.None);
                await installation.RequireAsync(CancellationToken.None);
                await RequireIdleAsync(shared);
            }
            else
            {
                await installation.OpenAsync(CancellationToken.None, isMoving: true);
            }
            await local.OpenAsync(CancellationToken.None);
            moved = await new HistoryTransfer(back ? shared : local, back ? local : shared).RunAsync(CancellationToken.None);
        }
        // Closes the file.
        SqliteConnection.ClearAllPools();
        if (back)
            installation.Disconnect();
        else
            File.Move(folder.Database, folder.Database + ".moved", overwrite: true);
        foreach (var (table, rows) in moved)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{table,-20} {rows,10}"));
        Console.WriteLine(back
            ? $"{folder.Output} has its own history again. / {folder.Output} 已恢复为自带历史记录。"
            : $"{address.Name} has the history of {folder.Output}. / {folder.Output} 的历史记录已移入 {address.Name}。");
    }

    /// <summary>Requires that no server or worker is running.</summary>
    private static async Task RequireIdleAsync(PostgresDatabase database)
    {
        var isBusy = await database.ReadAsync(async context =>
        {
            var now = await database.NowAsync(context, CancellationToken.None);
            return await ProgramLease.Living(context, now).AnyAsync()
                || await context.BatchChunks.AnyAsync(chunk => chunk.State == ChunkState.Leased && chunk.LeasedUntil >= now);
        });
        if (isBusy)
        {
            throw new RequestException(
                409, "history.in_use", "A server or worker uses the database. Stop all of them, then try again in a minute.",
                "有服务或工作进程正在使用该数据库。请全部停止，一分钟后重试。");
        }
    }

    private static RequestException FilesElsewhere(ServerFolder folder) => new(
        409, "history.files_elsewhere",
        $"A server without --database needs its files in {folder.Output}. Move outputs_* and .ser/batches, .ser/uploads and "
            + $".ser/installation there from {folder.ResultsPlace}, then try again without --files.",
        $"不使用 --database 的服务需要文件位于 {folder.Output}。请将 outputs_* 以及 .ser/batches、.ser/uploads、.ser/installation 从 "
            + $"{folder.ResultsPlace} 移至该处，然后去掉 --files 重试。");

    private static RequestException Nothing(string output) => new(
        404, "history.nothing", $"{output} has no history. Give the output folder of a server with --output.",
        $"{output} 中没有历史记录。请用 --output 指定服务的输出目录。");
}
