namespace SpeechEmotion.Server.Sources.Manifests;

/// <summary>The column of a list that names the recording. Lists of other programs call it by several names.</summary>
internal static class PathColumn
{
    /// <summary>If a list has several of these columns, the first one here is the path, and the others are metadata.</summary>
    private static readonly string[] Names = ["path", "audio_filepath", "audio", "file", "filename", "url"];

    /// <summary>The index of the column among the columns of a list; -1 if there is none. Upper and lower case are equal.</summary>
    public static int IndexIn(IReadOnlyList<string> columns)
    {
        foreach (var name in Names)
        {
            for (var i = 0; i < columns.Count; i++)
            {
                if (columns[i].Trim().Equals(name, StringComparison.OrdinalIgnoreCase))
                    return i;
            }
        }
        return -1;
    }
}
