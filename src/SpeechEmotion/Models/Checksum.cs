using System.Security.Cryptography;

namespace SpeechEmotion.Models;

/// <summary>SHA-256 of files, in blocks.</summary>
internal static class Checksum
{
    private const int BlockSize = 1 << 20;

    /// <summary>Computes the SHA-256 of a file in lower-case hexadecimal; progress receives the share read so far, 0 to 1.</summary>
    public static string OfFile(string path, IProgress<double>? progress, CancellationToken ct)
    {
        using var file = File.OpenHandle(path, options: FileOptions.SequentialScan);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var length = RandomAccess.GetLength(file);
        var block = new byte[BlockSize];
        for (long offset = 0; ;)
        {
            ct.ThrowIfCancellationRequested();
            var read = RandomAccess.Read(file, block, offset);
            if (read == 0)
                return Convert.ToHexStringLower(hash.GetHashAndReset());
            hash.AppendData(block, 0, read);
            offset += read;
            progress?.Report((double)offset / length);
        }
    }

    /// <summary>Computes the SHA-256 of texts in lower-case hexadecimal, each terminated by a line feed.</summary>
    public static string OfLines(params ReadOnlySpan<string> lines) =>
        Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(string.Join('\n', lines.ToArray()) + "\n")));
}
