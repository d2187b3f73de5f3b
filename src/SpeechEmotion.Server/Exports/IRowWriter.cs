using SpeechEmotion.Server.Exports.Rows;

namespace SpeechEmotion.Server.Exports;

/// <summary>Writes the recordings of a batch in one format. Memory does not grow with their number. Not thread-safe.</summary>
internal interface IRowWriter
{
    /// <summary>Writes what the format has of a recording; nothing if it has none.</summary>
    /// <param name="row">The next recording, in the order of the batch.</param>
    /// <param name="ct">Cancels the writing; the output is then incomplete.</param>
    /// <exception cref="IOException">The disk is full or unavailable, or the receiver closed the connection.</exception>
    ValueTask WriteAsync(BatchRow row, CancellationToken ct);

    /// <summary>Writes what is left; nothing can be written after it. The stream stays open.</summary>
    /// <exception cref="IOException">The same.</exception>
    ValueTask CompleteAsync(CancellationToken ct);
}
