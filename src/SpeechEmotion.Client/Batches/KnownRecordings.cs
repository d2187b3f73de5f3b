using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using SpeechEmotion.Client.Options;
using SpeechEmotion.Client.Results;

namespace SpeechEmotion.Client.Batches;

/// <summary>The recordings that a batch already has, by name and size: 16 bytes each, so that a million needs little memory.</summary>
internal sealed class KnownRecordings
{
    private readonly HashSet<UInt128> _known = [];

    /// <summary>Reads the recordings of a batch.</summary>
    public static async Task<KnownRecordings> ReadAsync(BatchClient batches, Batch batch, CancellationToken ct)
    {
        var known = new KnownRecordings();
        if (batch.Items == 0)
            return known;
        await foreach (var item in batches.ItemsAsync(batch.Id, ct: ct).ConfigureAwait(false))
        {
            if (item.Size is { } size)
                known._known.Add(DigestOf(item.Name, size));
        }
        return known;
    }

    /// <summary>Whether the batch already has a recording of this name and size.</summary>
    public bool Contains(BatchRecording recording) =>
        _known.Count > 0 && _known.Contains(DigestOf(recording.Name, BatchFolder.SizeOf(recording)));

    private static UInt128 DigestOf(string name, long size)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(FormattableString.Invariant($"{size} {name}")), digest);
        return BinaryPrimitives.ReadUInt128LittleEndian(digest);
    }
}
