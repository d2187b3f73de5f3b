namespace SpeechEmotion.Server.Storage;

/// <summary>The share of the <see cref="DiskBudget"/> that one upload or result holds; disposing it releases the share.</summary>
public sealed class DiskShare : IDisposable
{
    private readonly DiskBudget _budget;

    internal DiskShare(DiskBudget budget, bool isUpload) => (_budget, IsUpload) = (budget, isUpload);

    /// <summary>Whether the share belongs to an upload; otherwise it belongs to a result.</summary>
    public bool IsUpload { get; }

    /// <summary>Reserved bytes. Guarded by the budget's lock.</summary>
    internal long Reserved { get; set; }

    /// <summary>Reserved bytes that are already on the disk. Guarded by the budget's lock.</summary>
    internal long Written { get; set; }

    /// <summary>Whether the share no longer counts. Guarded by the budget's lock.</summary>
    internal bool IsClosed { get; set; }

    /// <summary>Announces a write before it happens, and reserves the bytes that exceed the reservation.</summary>
    /// <param name="bytes">Total bytes on the disk after the write.</param>
    /// <exception cref="Http.RequestException"><c>disk.limit</c> or <c>disk.busy</c>.</exception>
    /// <exception cref="SpeechEmotion.Errors.OutputException"><c>output.disk_full</c>.</exception>
    public void Use(long bytes) => _budget.Use(this, bytes);

    /// <summary>Announces a write like <see cref="Use"/>, while another thread may free bytes.</summary>
    /// <param name="bytes">The bytes that it adds.</param>
    /// <inheritdoc cref="Use"/>
    public void Add(long bytes) => _budget.Add(this, bytes);

    /// <summary>Sets the final size and releases the bytes that were reserved beyond it.</summary>
    /// <param name="bytes">Final size in bytes.</param>
    public void Settle(long bytes) => _budget.Settle(this, bytes);

    /// <summary>Releases bytes that were written and are no longer on the disk.</summary>
    /// <param name="bytes">Their number.</param>
    public void Free(long bytes) => _budget.Free(this, bytes);

    /// <summary>Turns the share into a finished result, which counts until a user deletes it.</summary>
    /// <param name="bytes">Size of the result in bytes.</param>
    public void Keep(long bytes) => _budget.Keep(this, bytes);

    /// <inheritdoc/>
    public void Dispose() => _budget.Close(this);
}
