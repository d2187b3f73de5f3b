using System.Net.Sockets;
using System.Security.Authentication;
using Npgsql;
using SpeechEmotion.Errors;
using SpeechEmotion.Server.Http;

namespace SpeechEmotion.Server.Storage.PostgreSql;

/// <summary>Maps errors of PostgreSQL and of its connections to errors of the server that include the remedy.</summary>
internal static class PostgresFailure
{
    /// <summary>idle_in_transaction_session_timeout, which Npgsql does not name.</summary>
    private const string IdleInTransaction = "25P03";

    /// <summary>Returns the error of the server, or null if the database did not cause the failure.</summary>
    public static SpeechEmotionException? Of(Exception failure) => Cause(failure) switch
    {
        null => null,
        PostgresException cause => Of(cause),
        { InnerException: AuthenticationException } cause => PostgresErrors.NoEncryption(cause),
        // Npgsql has no type for a server without TLS.
        NpgsqlException cause when cause.Message.Contains("SSL", StringComparison.Ordinal) => PostgresErrors.NoEncryption(cause),
        // All connections of this program are in use.
        NpgsqlException { InnerException: TimeoutException } cause
            when cause.Message.Contains("pool", StringComparison.Ordinal) => PostgresErrors.Busy(cause),
        var cause => PostgresErrors.Unreachable(cause),
    };

    /// <summary>Whether the same transaction may succeed a moment later; it has changed nothing.</summary>
    public static bool IsTransient(Exception? failure) => Cause(failure) switch
    {
        null => false,
        PostgresException cause => cause.IsTransient || cause.SqlState is PostgresErrorCodes.DeadlockDetected
            or PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or IdleInTransaction,
        NpgsqlException cause => cause.IsTransient,
        var cause => cause is SocketException,
    };

    // Error codes of PostgreSQL (https://www.postgresql.org/docs/current/errcodes-appendix.html).
    private static RequestException Of(PostgresException cause) => cause.SqlState switch
    {
        PostgresErrorCodes.InvalidCatalogName => PostgresErrors.NoDatabase(cause),
        PostgresErrorCodes.InsufficientPrivilege => PostgresErrors.NoRights(cause),
        PostgresErrorCodes.DiskFull => PostgresErrors.Full(cause),
        PostgresErrorCodes.ReadOnlySqlTransaction => PostgresErrors.ReadOnly(cause),
        PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UndefinedColumn => PostgresErrors.Foreign(cause),
        PostgresErrorCodes.DataCorrupted or PostgresErrorCodes.IndexCorrupted => PostgresErrors.Damaged(cause),
        PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.OutOfMemory or PostgresErrorCodes.TooManyConnections =>
            PostgresErrors.Busy(cause),
        ['2', '8', ..] => PostgresErrors.LoginRefused(cause),
        // Connections that broke, and servers that start or stop.
        ['0', '8', ..] or ['5', '7', 'P', ..] or IdleInTransaction => PostgresErrors.Unreachable(cause),
        PostgresErrorCodes.CharacterNotInRepertoire =>
            RequestErrors.Invalid("A text contains an invalid character.", "文本含有无效字符。"),
        _ => PostgresErrors.Unavailable(cause),
    };

    /// <summary>The exception of Npgsql, or of the connection that it could not open.</summary>
    private static Exception? Cause(Exception? failure) => failure switch
    {
        // A command that was cancelled has an error of the database as its cause, and so has an error that was explained before.
        null or OperationCanceledException or SpeechEmotionException => null,
        NpgsqlException or SocketException => failure,
        _ => Cause(failure.InnerException),
    };
}
