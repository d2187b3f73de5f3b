namespace SpeechEmotion.Server.Sources.Archives;

/// <summary>The bytes of an entry of an archive, block by block. The entry is opened when its first bytes are needed.</summary>
/// <param name="entry">The entry.</param>
/// <param name="block">The memory for a block, which the entries of an archive share.</param>
internal sealed class EntryContent(ArchiveEntry entry, byte[] block) : IDisposable
{
    private Stream? _stream;
    private int _begin;

    /// <summary>The first bytes, until <see cref="Next"/> is called.</summary>
    public ReadOnlySpan<byte> Begin
    {
        get
        {
            if (_stream is null)
            {
                _stream = entry.Open();
                _begin = Fill();
            }
            return block.AsSpan(0, _begin);
        }
    }

    /// <summary>Reads the bytes after those of the last call, or after <see cref="Begin"/>; empty at the end.</summary>
    public ReadOnlySpan<byte> Next() => block.AsSpan(0, Fill());

    public void Dispose() => _stream?.Dispose();

    private int Fill() => _stream!.ReadAtLeast(block, block.Length, throwOnEndOfStream: false);
}
