using SpeechEmotion.Client.Options;

namespace SpeechEmotion.Client.Batches;

/// <summary>Divides recordings into groups that are sent in one request each.</summary>
internal static class BatchGroups
{
    private const int MostRecordings = 100;

    /// <summary>After a lost connection this much is sent again.</summary>
    private const long UsualBytes = 32_000_000;

    /// <summary>Divides recordings in their order. A recording that is larger than the usual group is a group by itself.</summary>
    /// <param name="recordings">The recordings; files that do not exist count as empty.</param>
    /// <param name="mostBytes">The largest upload that the server accepts.</param>
    public static IEnumerable<IReadOnlyList<BatchRecording>> Of(IEnumerable<BatchRecording> recordings, long mostBytes)
    {
        var (group, bytes) = (new List<BatchRecording>(), 0L);
        foreach (var recording in recordings)
        {
            var size = BatchFolder.SizeOf(recording);
            if (group.Count > 0 && (group.Count == MostRecordings || bytes + size > Math.Min(UsualBytes, mostBytes)))
            {
                yield return group;
                (group, bytes) = ([], 0);
            }
            group.Add(recording);
            bytes += size;
        }
        if (group.Count > 0)
            yield return group;
    }
}
