using System.Threading.Channels;

namespace SpeechEmotion.Server.Jobs.Batches;

/// <summary>Reads a channel in groups for transactions, which cost more than what they contain.</summary>
internal static class ChannelGroups
{
    /// <summary>Reads the next group: what arrives within a time, up to a number.</summary>
    /// <param name="reader">The channel.</param>
    /// <param name="most">Most elements of a group.</param>
    /// <param name="longest">How long a group waits for more elements after its first one.</param>
    /// <param name="time">The clock.</param>
    /// <param name="endsGroup">Whether a group ends with an element; null for never.</param>
    /// <param name="ct">Cancels the wait.</param>
    /// <returns>The elements; empty if the channel is complete.</returns>
    public static async Task<IReadOnlyList<T>> ReadGroupAsync<T>(
        this ChannelReader<T> reader, int most, TimeSpan longest, TimeProvider time, Func<T, bool>? endsGroup, CancellationToken ct)
    {
        List<T> group = [];
        if (!await reader.WaitToReadAsync(ct))
            return group;
        using var wait = new CancellationTokenSource(longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(wait.Token, ct);
        try
        {
            do
            {
                while (group.Count < most && reader.TryRead(out var element))
                {
                    group.Add(element);
                    if (endsGroup?.Invoke(element) == true)
                        return group;
                }
            }
            while (group.Count < most && await reader.WaitToReadAsync(either.Token));
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            // The time of the group is over.
        }
        return group;
    }
}
