using Microsoft.Extensions.Options;
using SpeechEmotion.Errors;
using SpeechEmotion.Outputs;
using SpeechEmotion.Server.Hosting;
using SpeechEmotion.Server.Settings;
using SpeechEmotion.Storage;

namespace SpeechEmotion.Server.Storage;

/// <summary>
/// The disk space that uploads, results that are being written and finished results may take together. Each reserves its share
/// before it is written. Uploads may take half of what finished results leave, so that what was accepted can also be finished.
/// Thread-safe.
/// </summary>
public sealed class DiskBudget
{
    /// <summary>Of what is free at the start, the rest is left to other programs, the history and the log.</summary>
    private const double DefaultShare = 0.9;

    /// <summary>A recount reads all output folders, so it is not done at each refusal.</summary>
    private static readonly TimeSpan RecountInterval = TimeSpan.FromSeconds(10);

    private readonly ServerFolder _folder;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private long _results, _resultsSinceCount, _uploads, _running, _unwritten;
    private long _counted;

    /// <summary>Counts the results that are there, and nothing else yet.</summary>
    public DiskBudget(IOptions<ServerOptions> options, ServerFolder folder, TimeProvider time)
    {
        (_folder, _time, _counted) = (folder, time, time.GetTimestamp());
        _results = folder.MeasureResults();
        Limit = options.Value.DiskLimit > 0
            ? options.Value.DiskLimit * 1_000_000L
            : (long)Math.Min(_results + (DiskSpace.FreeAt(folder.Own) * DefaultShare), long.MaxValue / 2);
    }

    /// <summary>All of it, in bytes.</summary>
    public long Limit { get; }

    /// <summary>Bytes that are taken or reserved, finished results included.</summary>
    public long Used
    {
        get
        {
            lock (_gate)
                return _results + _uploads + _running;
        }
    }

    /// <summary>Reserves space for an upload.</summary>
    /// <param name="bytes">Its length as far as it is known; the rest is reserved as it comes.</param>
    /// <exception cref="Http.RequestException"><c>disk.limit</c> or <c>disk.busy</c>.</exception>
    /// <exception cref="OutputException"><c>output.disk_full</c>.</exception>
    public DiskShare TakeUpload(long bytes) => Take(new(this, isUpload: true), bytes);

    /// <summary>Reserves space for a result.</summary>
    /// <inheritdoc cref="TakeUpload"/>
    public DiskShare TakeResult(long bytes) => Take(new(this, isUpload: false), bytes);

    /// <summary>Reports that a finished result was deleted.</summary>
    public void Release(long bytes)
    {
        lock (_gate)
            _results -= Math.Min(bytes, _results);
    }

    internal void Use(DiskShare share, long written) => Reserve(share, written, written);

    internal void Settle(DiskShare share, long bytes)
    {
        lock (_gate)
        {
            if (!share.IsClosed)
                Change(share, bytes, bytes);
        }
    }

    internal void Keep(DiskShare share, long bytes)
    {
        lock (_gate)
        {
            CloseLocked(share);
            _results += bytes;
            _resultsSinceCount += bytes;
        }
    }

    internal void Close(DiskShare share)
    {
        lock (_gate)
            CloseLocked(share);
    }

    private DiskShare Take(DiskShare share, long bytes)
    {
        Reserve(share, bytes, written: 0);
        return share;
    }

    private void Reserve(DiskShare share, long bytes, long written)
    {
        var refusal = TryReserve(share, bytes, written);
        if (refusal is not null && Recount())
            refusal = TryReserve(share, bytes, written);
        if (refusal is not null)
            throw refusal;
    }

    /// <summary>Why it cannot be reserved; null where it was.</summary>
    private SpeechEmotionException? TryReserve(DiskShare share, long bytes, long written)
    {
        lock (_gate)
        {
            if (share.IsClosed)
                return null;
            if (bytes > share.Reserved && Refusal(share, bytes) is { } refusal)
                return refusal;
            Change(share, Math.Max(bytes, share.Reserved), written);
            return null;
        }
    }

    private SpeechEmotionException? Refusal(DiskShare share, long bytes)
    {
        var more = bytes - share.Reserved;
        var free = DiskSpace.FreeAt(_folder.Own);
        if (more > free)
            return OutputErrors.NoRoom(Path.GetFileName(_folder.Output), bytes, free);
        var room = Math.Max(0, Limit - _results);
        var most = share.IsUpload ? room / 2 : room;
        if (bytes > most)
            return DiskErrors.Limit(bytes, most, Limit);
        return more > free - _unwritten || (share.IsUpload && _uploads + more > most) || _uploads + _running + more > room
            ? DiskErrors.Busy(bytes)
            : null;
    }

    private void Change(DiskShare share, long reserved, long written)
    {
        _unwritten += reserved - written - (share.Reserved - share.Written);
        if (share.IsUpload)
            _uploads += reserved - share.Reserved;
        else
            _running += reserved - share.Reserved;
        (share.Reserved, share.Written) = (reserved, written);
    }

    private void CloseLocked(DiskShare share)
    {
        if (share.IsClosed)
            return;
        Change(share, 0, 0);
        share.IsClosed = true;
    }

    /// <summary>A user may have removed results by hand: before a refusal, what is really there counts.</summary>
    private bool Recount()
    {
        lock (_gate)
        {
            if (_time.GetElapsedTime(_counted) < RecountInterval)
                return false;
            (_counted, _resultsSinceCount) = (_time.GetTimestamp(), 0);
        }
        var measured = _folder.MeasureResults();
        lock (_gate)
            _results = measured + _resultsSinceCount;
        return true;
    }
}
