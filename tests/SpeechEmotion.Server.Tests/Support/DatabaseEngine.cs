namespace SpeechEmotion.Server.Tests.Support;

/// <summary>The engine below a database: tests of <c>Storage</c> run over both.</summary>
public enum DatabaseEngine
{
    /// <summary>SQLite.</summary>
    Sqlite,

    /// <summary>PostgreSQL.</summary>
    PostgreSql,
}
