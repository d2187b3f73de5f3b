using Microsoft.Data.Sqlite;
using SpeechEmotion.Errors;
using SpeechEmotion.Outputs;

namespace SpeechEmotion.Server.History;

/// <summary>Turns what SQLite said into an error that says what to do.</summary>
internal static class HistoryFailure
{
    private const int ReadOnly = 8;
    private const int InputOutput = 10;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int NotADatabase = 26;
    private const int NoSpace = 28;

    /// <summary>The error as people are told it; null where it is none of the disk's.</summary>
    /// <param name="failure">What EF Core or SQLite threw.</param>
    /// <param name="database">Full path of the database.</param>
    public static OutputException? Of(Exception failure, string database) => Cause(failure) is not { } cause ? null : cause.SqliteErrorCode switch
    {
        Full => OutputFailure.Of(new IOException(cause.Message, NoSpace), database),
        ReadOnly or InputOutput or CannotOpen => OutputFailure.Of(new IOException(cause.Message, cause), database),
        Corrupt or NotADatabase => Damaged(database, cause),
        _ => null,
    };

    /// <summary>A record that cannot be read.</summary>
    public static OutputException Damaged(string database, Exception? cause = null) => new(
        "history.damaged",
        $"The history {database} is damaged. Move it away: the server then begins a new one, and the output folders stay as they are.",
        $"历史记录 {database} 已损坏。请将其移走，服务会新建历史记录，已有输出目录不受影响。", cause);

    private static SqliteException? Cause(Exception? failure) => failure switch
    {
        null => null,
        SqliteException cause => cause,
        _ => Cause(failure.InnerException),
    };
}
