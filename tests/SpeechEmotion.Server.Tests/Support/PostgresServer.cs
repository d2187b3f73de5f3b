using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;
using SpeechEmotion.Tests.Support;

namespace SpeechEmotion.Server.Tests.Support;

/// <summary>A real PostgreSQL server on a free port, which <c>scripts/postgres.sh</c> starts.</summary>
internal sealed class PostgresServer : IAsyncDisposable
{
    private static readonly string Script = Path.Combine(Repository.Root, "scripts", "postgres.sh");

    // Not below a folder of the tests, which the user of the database could not enter.
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"ser-postgres-{Guid.NewGuid():N}");
    private readonly string _port = $"{FreePort()}";
    private readonly string[] _settings;
    private int _databases;

    private PostgresServer(string[] settings) => _settings = settings;

    /// <summary>Starts a new server.</summary>
    /// <param name="settings">Lines of its configuration, for example <c>fsync=off</c>.</param>
    public static PostgresServer Start(params string[] settings)
    {
        var server = new PostgresServer(settings);
        server.Start();
        return server;
    }

    /// <summary>The address of a database; nothing checks whether it exists.</summary>
    public string AddressOf(string database, string user = "ser") => $"postgresql://{user}@127.0.0.1:{_port}/{database}";

    /// <summary>Creates an empty database, or a copy of another one that nothing uses.</summary>
    /// <returns>Its address.</returns>
    public async Task<string> CreateAsync(string? template = null)
    {
        var name = $"test{Interlocked.Increment(ref _databases)}";
        await ExecuteAsync("postgres", $"CREATE DATABASE {name}" + (template is null ? "" : $" TEMPLATE {template}"));
        return AddressOf(name);
    }

    /// <summary>Whether a query returns anything.</summary>
    /// <param name="address">Address of the database.</param>
    /// <param name="sql">The query.</param>
    public async Task<bool> HasAsync(string address, string sql) => await ScalarAsync(address, sql) is not null;

    /// <summary>Executes SQL in a database.</summary>
    /// <param name="database">Name or address of the database.</param>
    /// <param name="sql">The commands.</param>
    public Task ExecuteAsync(string database, string sql) => ScalarAsync(database, sql);

    /// <summary>What Npgsql needs to connect to a database, given its name or address, without a pool.</summary>
    public string ConnectionTo(string database) =>
        $"Host=127.0.0.1;Port={_port};Username=ser;Database={database.Split('/')[^1]};Pooling=false";

    private async Task<object?> ScalarAsync(string database, string sql)
    {
        await using var connections = NpgsqlDataSource.Create(ConnectionTo(database));
#pragma warning disable CA2100 // The test itself provides the SQL.
        await using var command = connections.CreateCommand(sql);
#pragma warning restore CA2100
        return await command.ExecuteScalarAsync();
    }

    /// <summary>Starts the server again after <see cref="Kill"/>.</summary>
    public void Start() => Run(["start", _folder, _port, .. _settings]);

    /// <summary>Kills the server as a crash does.</summary>
    public void Kill() => Run(["kill", _folder]);

    public ValueTask DisposeAsync()
    {
        ProgramRun.Of(new(Script, ["stop", _folder]));
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    private static void Run(string[] arguments)
    {
        // Without pipes, which the server would keep open.
        using var process = Process.Start(new ProcessStartInfo(Script, arguments))!;
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{Script} {string.Join(' ', arguments)} failed. ./test.sh installs PostgreSQL.");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
