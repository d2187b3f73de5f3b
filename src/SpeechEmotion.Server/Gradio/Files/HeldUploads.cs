using SpeechEmotion.Server.Storage;
using SpeechEmotion.Server.Uploads;

namespace SpeechEmotion.Server.Gradio.Files;

/// <summary>
/// The uploads of Gradio clients, kept for some hours after their last use, up to a limit. Thread-safe.
/// </summary>
internal sealed class HeldUploads(UploadStore uploads, DiskBudget disk, TimeProvider time)
{
    /// <summary>How long an upload is kept after its last use.</summary>
    public static readonly TimeSpan TimeToLive = TimeSpan.FromHours(2);

    /// <summary>The number of uploads that are kept.</summary>
    public const int MaxCount = 2000;

    private const int LargestUploads = 20;
    private const int PartOfDisk = 8;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, HeldUpload> _uploads = [];

    /// <summary>The bytes that are kept: a fraction of the disk budget, so that other uploads have space.</summary>
    public long MaxBytes { get; } = Math.Min(uploads.MaxBytes * LargestUploads, disk.Limit / PartOfDisk);

    /// <summary>Keeps an upload, and drops the oldest unused uploads if there are too many.</summary>
    /// <returns>The path that its sender uses for it.</returns>
    public VirtualPath Add(UploadedRecording recording)
    {
        var path = VirtualPath.ForUpload(recording.Name);
        lock (_gate)
        {
            _uploads.Add(path.Key, new(recording) { LastUsed = time.GetUtcNow() });
            MakeRoom(path.Key);
        }
        return path;
    }

    /// <summary>Returns the upload of a path; null if it does not exist or was dropped.</summary>
    public UploadedRecording? Find(VirtualPath path)
    {
        lock (_gate)
            return Use(path)?.Recording;
    }

    /// <summary>Returns the upload of a path like <see cref="Find"/>, and keeps it until <see cref="Return"/>.</summary>
    public UploadedRecording? Borrow(VirtualPath path)
    {
        lock (_gate)
        {
            if (Use(path) is not { } held)
                return null;
            held.Users++;
            return held.Recording;
        }
    }

    /// <summary>Ends the use that <see cref="Borrow"/> started.</summary>
    public void Return(VirtualPath path)
    {
        lock (_gate)
        {
            if (Use(path) is { } held)
                held.Users--;
        }
    }

    /// <summary>Drops expired uploads.</summary>
    public void Sweep()
    {
        lock (_gate)
        {
            var limit = time.GetUtcNow() - TimeToLive;
            foreach (var (key, held) in _uploads.Where(pair => pair.Value.Users == 0 && pair.Value.LastUsed < limit).ToList())
                Drop(key, held);
        }
    }

    private HeldUpload? Use(VirtualPath path)
    {
        if (_uploads.GetValueOrDefault(path.Key) is not { } held)
            return null;
        held.LastUsed = time.GetUtcNow();
        return held;
    }

    private void MakeRoom(string newest)
    {
        var bytes = _uploads.Values.Sum(held => held.Recording.Size);
        if (_uploads.Count <= MaxCount && bytes <= MaxBytes)
            return;
        var unused = _uploads.Where(pair => pair.Value.Users == 0 && pair.Key != newest).OrderBy(pair => pair.Value.LastUsed).ToList();
        foreach (var (key, held) in unused)
        {
            if (_uploads.Count <= MaxCount && bytes <= MaxBytes)
                return;
            Drop(key, held);
            bytes -= held.Recording.Size;
        }
    }

    private void Drop(string key, HeldUpload held)
    {
        _uploads.Remove(key);
        held.Recording.Discard();
    }
}
