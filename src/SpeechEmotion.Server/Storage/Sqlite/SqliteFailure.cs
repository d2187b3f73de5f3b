using Microsoft.Data.Sqlite;
using SpeechEmotion.Errors;
using SpeechEmotion.Outputs;

namespace SpeechEmotion.Server.Storage.Sqlite;

/// <summary>Maps errors of SQLite to errors of the server that include the remedy.</summary>
internal static class SqliteFailure
{
    // Result codes of SQLite (https://sqlite.org/rescode.html).
    private const int Error = 1;
    private const int Busy = 5;
    private const int Locked = 6;
    private const int ReadOnly = 8;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int SchemaChanged = 17;
    private const int NotADatabase = 26;

    /// <summary>The system's error code for a full disk, ENOSPC.</summary>
    private const int NoSpace = 28;

    /// <summary>Returns the error of the server, or null if SQLite did not cause the failure.</summary>
    /// <param name="failure">The exception from EF Core or SQLite.</param>
    /// <param name="database">Full path of the database.</param>
    public static SpeechEmotionException? Of(Exception failure, string database) =>
        Cause(failure) is not { } cause ? null : cause.SqliteErrorCode switch
        {
            Full => OutputErrors.Of(new IOException(cause.Message, NoSpace), database),
            // A required table or column is missing.
            Error or SchemaChanged => HistoryErrors.Foreign(cause),
            Busy or Locked => HistoryErrors.Locked(cause),
            ReadOnly => HistoryErrors.ReadOnly(cause),
            Corrupt or NotADatabase => HistoryErrors.Damaged(cause),
            _ => HistoryErrors.Unavailable(cause),
        };

    private static SqliteException? Cause(Exception? failure) => failure switch
    {
        null => null,
        SqliteException cause => cause,
        _ => Cause(failure.InnerException),
    };
}
