namespace SpeechEmotion.Server.Storage;

/// <summary>What one upload or one result takes of the <see cref="DiskBudget"/>; disposing it gives all of it back.</summary>
public sealed class DiskShare : IDisposable
{
    private readonly DiskBudget _budget;

    internal DiskShare(DiskBudget budget, bool isUpload) => (_budget, IsUpload) = (budget, isUpload);

    /// <summary>Whether it is an upload's; otherwise a result's.</summary>
    public bool IsUpload { get; }

    /// <summary>Bytes that are set aside for it. The budget's lock guards it.</summary>
    internal long Reserved { get; set; }

    /// <summary>Bytes of them that are on the disk already. The budget's lock guards it.</summary>
    internal long Written { get; set; }

    /// <summary>Whether it takes no more part. The budget's lock guards it.</summary>
    internal bool IsClosed { get; set; }

    /// <summary>Reports, before they are written, how many bytes are on the disk then; what goes beyond the reservation is reserved.</summary>
    /// <param name="bytes">All bytes so far.</param>
    /// <exception cref="Http.RequestException"><c>disk.limit</c> or <c>disk.busy</c>.</exception>
    /// <exception cref="SpeechEmotion.Errors.OutputException"><c>output.disk_full</c>.</exception>
    public void Use(long bytes) => _budget.Use(this, bytes);

    /// <summary>Reports that this is all: what was reserved beyond it is given back.</summary>
    /// <param name="bytes">All bytes.</param>
    public void Settle(long bytes) => _budget.Settle(this, bytes);

    /// <summary>Turns it into a finished result, which stays until a user deletes it.</summary>
    /// <param name="bytes">All bytes of it.</param>
    public void Keep(long bytes) => _budget.Keep(this, bytes);

    /// <inheritdoc/>
    public void Dispose() => _budget.Close(this);
}
