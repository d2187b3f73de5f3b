using System.Globalization;
using SpeechEmotion.Checkpoints;

namespace SpeechEmotion.Downloads;

/// <summary>
/// Which pieces of a file are here, noted beside it as they come, a line each: a process may be killed at any moment, and what
/// it had noted is true. Thread-safe.
/// </summary>
internal sealed class DownloadJournal : IDisposable
{
    private readonly FileStream _file;
    private readonly HashSet<FileExtent> _done;

    private DownloadJournal(FileStream file, HashSet<FileExtent> done) => (_file, _done) = (file, done);

    /// <summary>Reads what is noted, and begins anew where it was noted of something else.</summary>
    /// <param name="path">The journal's own file.</param>
    /// <param name="subject">What tells the file from others; one line.</param>
    public static DownloadJournal Open(string path, string subject)
    {
        var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        var text = new StreamReader(file).ReadToEnd();
        // A line without its end was being written when the process was killed.
        string[] lines = text.Split('\n')[..^1];
        if (lines is [var first, .. var pieces] && first == subject)
        {
            file.SetLength(text.LastIndexOf('\n') + 1);
            file.Seek(0, SeekOrigin.End);
            return new(file, [.. pieces.Select(Parse).OfType<FileExtent>()]);
        }
        file.SetLength(0);
        file.Write(System.Text.Encoding.UTF8.GetBytes(subject + "\n"));
        file.Flush();
        return new(file, []);
    }

    /// <summary>Whether a piece is here.</summary>
    public bool Has(FileExtent piece)
    {
        lock (_done)
            return _done.Contains(piece);
    }

    /// <summary>Bytes of all pieces that are here.</summary>
    public long Length
    {
        get
        {
            lock (_done)
                return _done.Sum(piece => piece.Length);
        }
    }

    /// <summary>Notes that a piece is here.</summary>
    public void Note(FileExtent piece)
    {
        lock (_done)
        {
            _done.Add(piece);
            _file.Write(System.Text.Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{piece.Start} {piece.Length}\n")));
            _file.Flush();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static FileExtent? Parse(string line) =>
        line.Split(' ') is [var start, var length] && long.TryParse(start, CultureInfo.InvariantCulture, out var s) && long.TryParse(length, CultureInfo.InvariantCulture, out var l)
            ? new(s, l)
            : null;
}
