using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace SpeechEmotion.Bench;

/// <summary>PostgreSQL in a folder of its own, which <c>scripts/postgres.sh</c> of the current folder starts.</summary>
internal sealed class TrialDatabase : IAsyncDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"ser-bench-postgres-{Environment.ProcessId}");
    private readonly int _port = BatchServer.FreePort();
    private readonly NpgsqlDataSource _connections;

    // One connection that stays open: each new one is a process of PostgreSQL.
    private TrialDatabase() => _connections = NpgsqlDataSource.Create(
        $"Host=127.0.0.1;Port={_port};Username=ser;Database=postgres;Maximum Pool Size=2;Timeout=2");

    /// <summary>Starts a new server.</summary>
    /// <param name="settings">Lines of its configuration.</param>
    public static TrialDatabase Start(params string[] settings)
    {
        var database = new TrialDatabase();
        Run(["start", database._folder, $"{database._port}", .. settings]);
        return database;
    }

    /// <summary>The address for the product.</summary>
    public string Address => $"postgresql://ser@127.0.0.1:{_port}/postgres";

    /// <summary>The process that has started all others of the server.</summary>
    public int Id => int.Parse(File.ReadLines(Path.Combine(_folder, "data", "postmaster.pid")).First(), CultureInfo.InvariantCulture);

    /// <summary>Starts the server after <see cref="Kill"/>.</summary>
    public void StartAgain() => Run("start", _folder, $"{_port}");

    /// <summary>Kills the server as a crash does.</summary>
    public void Kill() => Run("kill", _folder);

    /// <summary>Returns a number of the database.</summary>
    public async Task<long> CountAsync(string sql)
    {
#pragma warning disable CA2100 // The benchmark itself provides the SQL.
        await using var command = _connections.CreateCommand(sql);
#pragma warning restore CA2100
        return (long)(await command.ExecuteScalarAsync())!;
    }

    public async ValueTask DisposeAsync()
    {
        await _connections.DisposeAsync();
        Run("stop", _folder);
        Directory.Delete(_folder, recursive: true);
    }

    private static void Run(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("scripts/postgres.sh", arguments))!;
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"scripts/postgres.sh {string.Join(' ', arguments)} failed.");
    }
}
