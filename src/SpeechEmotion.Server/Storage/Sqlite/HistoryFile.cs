using SpeechEmotion.Server.Hosting;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Storage;

namespace SpeechEmotion.Server.Storage.Sqlite;

/// <summary>
/// The database file. On Unix, a deleted file stays writable for processes that have it open: SQLite would write without an error,
/// and the data would be lost. So each use first checks that the path still names the file that was opened.
/// </summary>
internal sealed class HistoryFile(ServerFolder folder)
{
    private (ulong Device, ulong Inode)? _opened;
    private volatile bool _isOpen;

    /// <summary>Remembers the identity of the current file.</summary>
    public void Remember()
    {
        _opened = PlainFile.IdentityOf(folder.Database);
        _isOpen = true;
    }

    /// <summary>Throws if the file was removed or replaced after <see cref="Remember"/>.</summary>
    /// <exception cref="RequestException"><c>history.missing</c>.</exception>
    public void RequireSame()
    {
        if (_isOpen && (!File.Exists(folder.Database) || PlainFile.IdentityOf(folder.Database) != _opened))
            throw HistoryErrors.Missing();
    }
}
