using SpeechEmotion.Errors;

namespace SpeechEmotion.Server.Storage;

/// <summary>
/// The database: SQLite in the output folder, or PostgreSQL. Each use gets a context of its own, and errors of the engine become errors
/// that include the remedy.
/// </summary>
/// <remarks>
/// All methods may throw a <see cref="Http.RequestException"/> with a code that starts with <c>history.</c> (503), or an
/// <see cref="OutputException"/> with the code <c>output.disk_full</c>.
/// </remarks>
public abstract class HistoryDatabase
{
    /// <summary>Whether other programs may use the database at the same time.</summary>
    public abstract bool IsShared { get; }

    /// <summary>Creates or migrates the database.</summary>
    public abstract Task OpenAsync(CancellationToken ct);

    /// <summary>Creates a context, whose errors are those of the engine.</summary>
    public abstract HistoryContext CreateContext();

    /// <summary>Runs queries, again if the connection breaks.</summary>
    public abstract Task<T> ReadAsync<T>(Func<HistoryContext, Task<T>> read);

    /// <summary>
    /// Runs changes in one transaction; an exception discards them. In PostgreSQL, transactions of other programs run at the same time, and
    /// each statement sees what was committed before it. So changes must either state in their conditions everything on which they depend,
    /// or lock those rows first (<see cref="RowLock"/>): the batch, then its chunks.
    /// </summary>
    /// <param name="write">The changes; may run again if the first attempt failed.</param>
    /// <param name="ct">Cancels the operation.</param>
    public abstract Task<T> WriteAsync<T>(Func<HistoryContext, Task<T>> write, CancellationToken ct = default);

    /// <summary>Checks whether the database is writable now, and throws the reason if it is not.</summary>
    public abstract Task ProbeAsync(CancellationToken ct);

    /// <summary>Returns the time in milliseconds since 1970 on the clock that all users of the database share.</summary>
    internal abstract Task<long> NowAsync(HistoryContext context, CancellationToken ct);

    /// <summary>Sends texts to all programs that listen.</summary>
    internal virtual Task PostAsync(string[] texts) => Task.CompletedTask;

    /// <summary>Receives texts until the connection breaks or the call is cancelled.</summary>
    /// <param name="received">
    /// Receives null when the connection begins, because texts may have been missed before, and then each text.
    /// </param>
    /// <param name="ct">Cancels the operation.</param>
    internal virtual Task ListenAsync(Action<string?> received, CancellationToken ct) => Task.CompletedTask;

    /// <summary>Lets this program do what one must do for all that share the database.</summary>
    /// <returns>Null if another program does it, or the database is not shared.</returns>
    internal virtual Task<Leadership?> TryLeadAsync(CancellationToken ct) => Task.FromResult<Leadership?>(null);
}
