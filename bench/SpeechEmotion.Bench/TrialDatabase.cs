using System.Globalization;
using Npgsql;

namespace SpeechEmotion.Bench;

/// <summary>PostgreSQL in a folder of its own, which <c>scripts/postgres.sh</c> of the current folder starts.</summary>
internal sealed class TrialDatabase : IAsyncDisposable
{
    private const string Program = "scripts/postgres.sh";

    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"ser-bench-postgres-{Environment.ProcessId}");
    private readonly NetworkPlace? _place;
    private readonly string[] _settings;
    private readonly NpgsqlDataSource _connections;

    // One connection that stays open: each new one is a process of PostgreSQL.
    private TrialDatabase(NetworkPlace? place, string[] settings)
    {
        (_place, _settings) = (place, settings);
        _connections = NpgsqlDataSource.Create(
            $"Host={Host};Port={Port};Username=ser;Database=postgres;Maximum Pool Size=2;Timeout=2");
    }

    /// <summary>Its port.</summary>
    public int Port { get; } = BatchServer.FreePort();

    /// <summary>The address for the product.</summary>
    public string Address => $"postgresql://ser@{Host}:{Port}/postgres";

    /// <summary>The process that has started all others of the server.</summary>
    public int Id => int.Parse(File.ReadLines(Path.Combine(_folder, "data", "postmaster.pid")).First(), CultureInfo.InvariantCulture);

    private string Host => _place?.Address ?? "127.0.0.1";

    /// <summary>Starts a new server.</summary>
    /// <param name="place">Its machine; null for this one.</param>
    /// <param name="settings">Lines of its configuration.</param>
    public static TrialDatabase Start(NetworkPlace? place = null, params string[] settings)
    {
        var database = new TrialDatabase(place, settings);
        database.StartAgain();
        return database;
    }

    /// <summary>Starts the server after <see cref="Kill"/>.</summary>
    public void StartAgain()
    {
        if (_place is null)
        {
            Script.Run([Program, "start", _folder, $"{Port}", .. _settings]);
            return;
        }
        // By default, the server accepts connections from its own machine only.
        var rights = _folder + "-rights";
        File.WriteAllText(rights, "host all all all trust\n");
        Script.Run(
            [
                .. _place.Launcher, Program, "start", _folder, $"{Port}", $"listen_addresses = '{Host}'", $"hba_file = '{rights}'",
                .. _settings,
            ]);
    }

    /// <summary>Kills the server as a crash does.</summary>
    public void Kill() => Script.Run(Program, "kill", _folder);

    /// <summary>Returns a number of the database.</summary>
    public async Task<long> CountAsync(string sql)
    {
#pragma warning disable CA2100 // The benchmark itself provides the SQL.
        await using var command = _connections.CreateCommand(sql);
#pragma warning restore CA2100
        return (long)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Returns the number of outcomes of all batches.</summary>
    public Task<long> CountOutcomesAsync() => CountAsync("SELECT count(*) FROM batch_outcomes");

    /// <summary>Returns the number of outcomes in the chunks that a process has leased.</summary>
    public Task<long> CountOutcomesAsync(int process) => CountAsync(
        $"""SELECT coalesce(sum("Succeeded" + "Failed"), 0)::bigint FROM batch_chunks WHERE "Worker" LIKE '%-{process}-%'""");

    public async ValueTask DisposeAsync()
    {
        await _connections.DisposeAsync();
        Script.Run(Program, "stop", _folder);
        Directory.Delete(_folder, recursive: true);
        File.Delete(_folder + "-rights");
    }
}
