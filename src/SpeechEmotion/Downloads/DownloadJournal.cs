using System.Globalization;
using SpeechEmotion.Checkpoints;

namespace SpeechEmotion.Downloads;

/// <summary>
/// The record of which pieces of a file are downloaded, one line per piece, written beside the file after each piece. A process
/// may be killed at any moment; the lines written before remain true. Thread-safe.
/// </summary>
internal sealed class DownloadJournal : IDisposable
{
    private readonly FileStream _file;
    private readonly HashSet<FileExtent> _done;

    private DownloadJournal(FileStream file, HashSet<FileExtent> done) => (_file, _done) = (file, done);

    /// <summary>Reads a journal, and starts an empty one if it belongs to another subject.</summary>
    /// <param name="path">The journal's own file.</param>
    /// <param name="subject">One line that identifies the downloaded file and its version.</param>
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

    /// <summary>Returns whether a piece is downloaded.</summary>
    public bool Has(FileExtent piece)
    {
        lock (_done)
            return _done.Contains(piece);
    }

    /// <summary>The bytes of all downloaded pieces.</summary>
    public long Length
    {
        get
        {
            lock (_done)
                return _done.Sum(piece => piece.Length);
        }
    }

    /// <summary>Records that a piece is downloaded.</summary>
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
        line.Split(' ') is [var start, var length]
        && long.TryParse(start, CultureInfo.InvariantCulture, out var s)
        && long.TryParse(length, CultureInfo.InvariantCulture, out var l)
            ? new(s, l)
            : null;
}
