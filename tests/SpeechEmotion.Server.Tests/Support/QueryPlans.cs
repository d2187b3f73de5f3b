using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace SpeechEmotion.Server.Tests.Support;

/// <summary>Collects the commands that EF Core sends to one database, and asks SQLite how it executes them.</summary>
internal sealed class QueryPlans : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    private readonly string _tables;
    private volatile string? _folder;
    private readonly ConcurrentQueue<(string Text, SqliteParameter[] Parameters)> _commands = [];
    private readonly List<IDisposable> _subscriptions = [];

    /// <summary>Subscribes before the database is used, because EF Core remembers for a second that there is no subscriber.</summary>
    /// <param name="tables">A part of the names of the tables and their indexes: other commands and steps are left out.</param>
    public QueryPlans(string tables = "batch_")
    {
        _tables = tables;
        _subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));
    }

    /// <summary>Collects the commands from now on.</summary>
    public void Begin(string folder) => _folder = folder;

    /// <summary>Returns the steps of all plans, with the names of the indexes.</summary>
    public async Task<string[]> ReadAsync(CancellationToken ct)
    {
        List<string> steps = [];
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(_folder!, ".ser", "history.db")};Mode=ReadOnly");
        await connection.OpenAsync(ct);
        foreach (var (text, parameters) in _commands)
        {
            await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The product provides the SQL.
            command.CommandText = "EXPLAIN QUERY PLAN " + text;
#pragma warning restore CA2100
            command.Parameters.AddRange(parameters);
            await using var reader = await command.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct))
                steps.Add(reader.GetString(3));
        }
        return [.. steps.Where(step => step.Contains(_tables, StringComparison.Ordinal))];
    }

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == "Microsoft.EntityFrameworkCore")
            _subscriptions.Add(value.Subscribe(this));
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Value is not CommandEventData { Command: SqliteCommand command } || value.Key != RelationalEventId.CommandExecuting.Name
            || _folder is not { } folder || !command.Connection!.DataSource.StartsWith(folder, StringComparison.Ordinal)
            || !command.CommandText.Contains(_tables, StringComparison.Ordinal))
            return;
        // EF Core sends several statements at once; each has a plan of its own.
        SqliteParameter[] parameters =
            [.. from SqliteParameter given in command.Parameters select new SqliteParameter(given.ParameterName, given.Value)];
        if (!command.CommandText.TrimEnd(';', '\n').Contains(";\n", StringComparison.Ordinal))
            _commands.Enqueue((command.CommandText, parameters));
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    public void Dispose()
    {
        foreach (var subscription in _subscriptions)
            subscription.Dispose();
    }
}
