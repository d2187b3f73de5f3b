using Microsoft.Extensions.Options;
using SpeechEmotion.Errors;
using SpeechEmotion.Outputs;
using SpeechEmotion.Server.Hosting;
using SpeechEmotion.Server.Settings;
using SpeechEmotion.Storage;

namespace SpeechEmotion.Server.Storage;

/// <summary>
/// The disk space that uploads, unfinished results and finished results may use together. Each writer reserves its share before it
/// writes. Uploads may use half of the space that finished results leave, so that every accepted recognition can finish.
/// Thread-safe.
/// </summary>
public sealed class DiskBudget
{
    /// <summary>Share of the space that is free at startup; the rest is for other programs, the history and the log.</summary>
    private const double DefaultShare = 0.9;

    /// <summary>Minimum time between recounts: a recount reads all output folders, which is too slow for every refusal.</summary>
    private static readonly TimeSpan RecountInterval = TimeSpan.FromSeconds(10);

    /// <summary>How long the results of other programs are not counted.</summary>
    private static readonly TimeSpan SharedInterval = TimeSpan.FromMinutes(1);

    private readonly ServerFolder _folder;
    private readonly TimeProvider _time;
    private readonly bool _isShared;
    private readonly Lock _gate = new();
    private long _results, _resultsSinceCount, _uploads, _running, _unwritten;
    private long _counted;

    /// <summary>Creates the budget and counts the existing results.</summary>
    public DiskBudget(IOptions<ServerOptions> options, ServerFolder folder, TimeProvider time)
    {
        (_folder, _time, _counted, _isShared) = (folder, time, time.GetTimestamp(), options.Value.Database is not null);
        _results = folder.MeasureResults();
        Limit = options.Value.DiskLimit > 0
            ? options.Value.DiskLimit * 1_000_000L
            : (long)Math.Min(_results + (DiskSpace.FreeAt(folder.Shared) * DefaultShare), long.MaxValue / 2);
    }

    /// <summary>Size of the budget in bytes.</summary>
    public long Limit { get; }

    /// <summary>Used and reserved bytes, including finished results.</summary>
    public long Used
    {
        get
        {
            lock (_gate)
                return _results + _uploads + _running;
        }
    }

    /// <summary>Reserves space for an upload.</summary>
    /// <param name="bytes">Known length of the upload; the share grows when more bytes arrive.</param>
    /// <exception cref="Http.RequestException"><c>disk.limit</c> or <c>disk.busy</c>.</exception>
    /// <exception cref="OutputException"><c>output.disk_full</c>.</exception>
    public DiskShare TakeUpload(long bytes) => Take(new(this, isUpload: true), bytes);

    /// <summary>Counts an upload that is on the disk already, also if that exceeds the budget.</summary>
    /// <param name="bytes">Size of the upload.</param>
    public DiskShare FindUpload(long bytes)
    {
        var share = new DiskShare(this, isUpload: true);
        lock (_gate)
            Change(share, bytes, bytes);
        return share;
    }

    /// <summary>Reserves space for a result.</summary>
    /// <inheritdoc cref="TakeUpload"/>
    public DiskShare TakeResult(long bytes) => Take(new(this, isUpload: false), bytes);

    /// <summary>Frees the space of a deleted result.</summary>
    public void Release(long bytes)
    {
        lock (_gate)
            _results -= Math.Min(bytes, _results);
    }

    internal void Use(DiskShare share, long written) => Reserve(share, written, written);

    internal void Add(DiskShare share, long written) => Reserve(share, written, written, isMore: true);

    internal void Settle(DiskShare share, long bytes)
    {
        lock (_gate)
        {
            if (!share.IsClosed)
                Change(share, bytes, bytes);
        }
    }

    internal void Free(DiskShare share, long bytes)
    {
        lock (_gate)
        {
            if (!share.IsClosed)
                Change(share, Math.Max(0, share.Reserved - bytes), Math.Max(0, share.Written - bytes));
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

    /// <param name="share">The share.</param>
    /// <param name="bytes">Bytes that are reserved.</param>
    /// <param name="written">Bytes that are written.</param>
    /// <param name="isMore">Whether they are in addition to those of the share.</param>
    private void Reserve(DiskShare share, long bytes, long written, bool isMore = false)
    {
        if (_isShared && _time.GetElapsedTime(_counted) >= SharedInterval)
            _ = Task.Run(Recount);
        var refusal = TryReserve(share, bytes, written, isMore);
        if (refusal is not null && Recount())
            refusal = TryReserve(share, bytes, written, isMore);
        if (refusal is not null)
            throw refusal;
    }

    /// <summary>Reserves the space and returns null, or returns the reason for the refusal.</summary>
    private SpeechEmotionException? TryReserve(DiskShare share, long bytes, long written, bool isMore)
    {
        lock (_gate)
        {
            if (share.IsClosed)
                return null;
            if (isMore)
                (bytes, written) = (share.Written + bytes, share.Written + written);
            if (bytes > share.Reserved && Refusal(share, bytes) is { } refusal)
                return refusal;
            Change(share, Math.Max(bytes, share.Reserved), written);
            return null;
        }
    }

    private SpeechEmotionException? Refusal(DiskShare share, long bytes)
    {
        var growth = bytes - share.Reserved;
        var free = DiskSpace.FreeAt(_folder.Shared);
        if (growth > free)
            return OutputErrors.NoRoom(Path.GetFileName(_folder.Results), bytes, free);
        var room = Math.Max(0, Limit - _results);
        var available = share.IsUpload ? room / 2 : room;
        if (bytes > available)
            return DiskErrors.Limit(bytes, available, Limit);
        return growth > free - _unwritten || (share.IsUpload && _uploads + growth > available) || _uploads + _running + growth > room
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

    /// <summary>Measures the results on disk again, because a user may have deleted some manually. Runs before a refusal.</summary>
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
