using SpeechEmotion.Outputs;
using SpeechEmotion.Server.Exports.Rows;
using SpeechEmotion.Server.Exports.Tables;

namespace SpeechEmotion.Server.Exports;

/// <summary>
/// Writes the embeddings as a .npy array of float32 with the shape (recordings, dimension). The number of rows is known only at the
/// end, so the header is written last.
/// </summary>
/// <param name="output">A seekable stream at its start; not closed.</param>
internal sealed class EmbeddingsWriter(Stream output) : IRowWriter
{
    private long _rows;
    private int _bytes;

    /// <inheritdoc/>
    /// <exception cref="Http.RequestException"><c>batch.damaged</c>: the embeddings have different lengths.</exception>
    public async ValueTask WriteAsync(BatchRow row, CancellationToken ct)
    {
        if (!BatchTables.HasEmbedding(row))
            return;
        if (_rows == 0)
        {
            _bytes = row.Embedding.Length;
            await output.WriteAsync(new byte[NpyHeader.Length], ct);
        }
        if (row.Embedding.Length != _bytes || _bytes % sizeof(float) != 0)
            throw ExportErrors.DamagedResult(row.File);
        await output.WriteAsync(row.Embedding, ct);
        _rows++;
    }

    /// <inheritdoc/>
    public async ValueTask CompleteAsync(CancellationToken ct)
    {
        var header = new byte[NpyHeader.Length];
        NpyHeader.Write(header, sizeof(float), NpyHeader.Rows(_rows, _bytes / sizeof(float)));
        await output.FlushAsync(ct);
        output.Position = 0;
        await output.WriteAsync(header, ct);
    }
}
