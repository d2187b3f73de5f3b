namespace SpeechEmotion.Server.Sources;

/// <summary>What the reading of sources left out so far. Written by the reader only; another thread may read it meanwhile.</summary>
public sealed class SourceReport
{
    private const int MaxExamples = 3;

    private readonly List<string> _examples = [];

    /// <summary>Number of files in folders and archives that are not recordings, nested archives included.</summary>
    public int NotRecordings { get; private set; }

    /// <summary>Number of archives within archives: they are not opened.</summary>
    public int NestedArchives { get; private set; }

    /// <summary>Number of links, devices and other entries of archives that are neither files nor folders.</summary>
    public int Links { get; private set; }

    /// <summary>Number of folders that could not be listed, so that their recordings are missing.</summary>
    public int UnreadableFolders { get; private set; }

    /// <summary>The names of the first three that were left out, other than links.</summary>
    public IReadOnlyList<string> Examples
    {
        get
        {
            lock (_examples)
                return [.. _examples];
        }
    }

    internal void LeaveOut(string name, bool isArchive = false)
    {
        NotRecordings++;
        NestedArchives += isArchive ? 1 : 0;
        Keep(name);
    }

    internal void LeaveOutFolder(string name)
    {
        UnreadableFolders++;
        Keep(name);
    }

    internal void LeaveOutLink() => Links++;

    private void Keep(string name)
    {
        lock (_examples)
        {
            if (_examples.Count < MaxExamples)
                _examples.Add(name);
        }
    }
}
