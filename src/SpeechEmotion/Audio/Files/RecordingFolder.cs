namespace SpeechEmotion.Audio.Files;

/// <summary>
/// The recordings of a folder and its subfolders: files with the content of a recording, or with its extension, so that a damaged
/// recording is reported. Hidden files and the output of an earlier run are skipped.
/// </summary>
/// <param name="Recordings">The paths below the folder name that was given, sorted.</param>
/// <param name="LeftOut">The other files, sorted.</param>
public sealed record RecordingFolder(IReadOnlyList<string> Recordings, IReadOnlyList<string> LeftOut)
{
    /// <summary>Searches a folder. Unreadable entries do not stop the search.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="ct">Cancels the search.</param>
    public static RecordingFolder Read(string path, CancellationToken ct = default)
    {
        List<string> recordings = [], others = [];
        foreach (var file in RecordingSearch.Files(path, isLeftOut: null, ct))
        {
            if (!file.IsUnreadable)
                (file.IsRecording ? recordings : others).Add(file.Path);
        }
        return new(recordings, others);
    }
}
