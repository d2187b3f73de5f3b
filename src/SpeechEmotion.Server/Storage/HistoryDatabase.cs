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

    /// <summary>Creates a context; <see cref="Explain"/> maps its errors.</summary>
    public abstract HistoryContext CreateContext();

    /// <summary>Runs queries, again if the connection breaks.</summary>
    public abstract Task<T> ReadAsync<T>(Func<HistoryContext, Task<T>> read);

    /// <summary>
    /// Runs changes in one transaction, as if no other transaction ran at the same time. An exception discards them.
    /// </summary>
    /// <param name="write">The changes; may run again if others prevented the first attempt.</param>
    /// <param name="ct">Cancels the operation.</param>
    public abstract Task<T> WriteAsync<T>(Func<HistoryContext, Task<T>> write, CancellationToken ct = default);

    /// <summary>
    /// Runs changes in one transaction beside others. For changes that hold the rows on which they depend, or whose conditions name
    /// everything on which they depend: workers store their outcomes without conflicts.
    /// </summary>
    /// <inheritdoc cref="WriteAsync"/>
    public abstract Task<T> WriteBesideAsync<T>(Func<HistoryContext, Task<T>> write, CancellationToken ct = default);

    /// <summary>Returns the time in milliseconds since 1970 on the clock that all users of the database share.</summary>
    internal abstract Task<long> NowAsync(HistoryContext context, CancellationToken ct);

    /// <summary>Returns the error of the server, or null if the database did not cause the failure.</summary>
    public abstract SpeechEmotionException? Explain(Exception failure);
}
