using System.CommandLine;

namespace SpeechEmotion.Cli;

/// <summary><c>ser migrate</c>: starts the program that moves data in the same folder.</summary>
internal static class MigrateCommand
{
    /// <summary>Creates the command for the help text; the program parses what follows it (<see cref="ServerProcess"/>).</summary>
    public static Command Create() => new("migrate", "Move a server's history and batches into PostgreSQL, or back / 将历史记录和批次移入 PostgreSQL")
    {
        TreatUnmatchedTokensAsErrors = false,
    };
}
