using SpeechEmotion.Server.Hosting;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Storage;

namespace SpeechEmotion.Server.Storage;

/// <summary>
/// The database's file. On Unix a file that was removed lives on for those who have it open: what SQLite writes then succeeds and
/// is lost. So each use first checks that the file is still the one that was opened.
/// </summary>
internal sealed class HistoryFile(ServerFolder folder)
{
    private (ulong Device, ulong Inode)? _opened;
    private volatile bool _isOpen;

    /// <summary>Remembers the file that is there now.</summary>
    public void Remember()
    {
        _opened = PlainFile.IdentityOf(folder.Database);
        _isOpen = true;
    }

    /// <summary>Refuses to go on where the file was removed or replaced after <see cref="Remember"/>.</summary>
    /// <exception cref="RequestException"><c>history.missing</c>.</exception>
    public void RequireSame()
    {
        if (_isOpen && (!File.Exists(folder.Database) || PlainFile.IdentityOf(folder.Database) != _opened))
            throw HistoryErrors.Missing();
    }
}
