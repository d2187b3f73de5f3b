using System.Threading.Channels;
using SpeechEmotion.Server.Jobs.Batches;
using SpeechEmotion.Server.Sources;

namespace SpeechEmotion.Server.Batches;

/// <summary>The recordings of sources in groups for transactions. They are read on a thread of their own, ahead of the database.</summary>
internal sealed class SourceGroups
{
    /// <summary>Most recordings of a group.</summary>
    private const int GroupItems = 1000;

    /// <summary>A group does not wait longer for further recordings, so that the first ones are processed soon.</summary>
    private static readonly TimeSpan GroupTime = TimeSpan.FromMilliseconds(500);

    private readonly Channel<SourceItem> _items = Channel.CreateBounded<SourceItem>(GroupItems);
    private readonly TimeProvider _time;

    /// <summary>Begins the reading.</summary>
    /// <param name="source">The recordings, which are read while they are enumerated.</param>
    /// <param name="time">The clock.</param>
    /// <param name="ct">Cancels the reading. A read that blocks, as of standard input, is abandoned.</param>
    public SourceGroups(IEnumerable<SourceItem> source, TimeProvider time, CancellationToken ct)
    {
        _time = time;
        Reading = Task.Run(() => ReadAllAsync(source, ct), CancellationToken.None);
    }

    /// <summary>Completes after the last recording; faults if a source cannot be read to its end.</summary>
    public Task Reading { get; }

    /// <summary>Returns the next group; an empty one after the last recording.</summary>
    public Task<IReadOnlyList<SourceItem>> NextAsync(CancellationToken ct) =>
        _items.Reader.ReadGroupAsync(GroupItems, GroupTime, _time, null, ct);

    private async Task ReadAllAsync(IEnumerable<SourceItem> source, CancellationToken ct)
    {
        try
        {
            foreach (var item in source)
                await _items.Writer.WriteAsync(item, ct);
        }
        finally
        {
            _items.Writer.Complete();
        }
    }
}
