using System.Security.Cryptography;
using SpeechEmotion.Audio;
using SpeechEmotion.Audio.Files;
using SpeechEmotion.Audio.Wav;
using SpeechEmotion.Errors;
using SpeechEmotion.Results;

namespace SpeechEmotion.Verification;

/// <summary>The <c>processed_audio.wav</c> of a folder: only 16 kHz, mono, 16 bits is accepted.</summary>
/// <param name="path">The path of the file.</param>
internal sealed class ProcessedAudioFile(string path)
{
    private const int BlockBytes = 1 << 18;

    private readonly AudioInput _source = new(path, path, AudioLimits.Default);

    /// <summary>Reads the file: SHA-256 of its samples, and their number.</summary>
    /// <exception cref="AudioException">The file is missing, a link, damaged, or of another kind.</exception>
    public (string Sha256, long Samples) Read(CancellationToken ct)
    {
        if (!File.Exists(path))
            throw AudioErrors.NotFound(path);
        if (!RegularFile.Is(path) || new FileInfo(path).LinkTarget is not null)
            throw AudioErrors.NotAFile(path);
        try
        {
            using var file = _source.OpenBytes();
            var header = WavHeader.Read(file, path);
            if (header.Format is not { Encoding: WavEncoding.Signed16, Channels: 1, SampleRate: SampleRate.Hz })
                throw AudioErrors.Damaged(path, "it is not 16 kHz, mono, 16 bits", "不是 16 kHz 单声道 16 位");
            if (header.Data.Count > 1)
                throw AudioErrors.Damaged(path, "its samples are split into several parts", "采样分成了多个部分");
            file.Position = header.Data is [var samples] ? samples.Start : file.Length;
            return Hash(file, header.DataLength, ct);
        }
        catch (EndOfStreamException e)
        {
            throw AudioErrors.Damaged(path, "its WAV header is cut short", "WAV 文件头不完整", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw AudioErrors.NotReadable(path, e);
        }
    }

    /// <summary>Opens it with the library's own decoder, even if another one could read it.</summary>
    /// <exception cref="AudioException">The file has become unreadable since.</exception>
    public IAudioReader Open(CancellationToken ct)
    {
        try
        {
            var reader = WavReader.TryOpen(_source) ?? throw AudioErrors.UnsupportedFormat(path);
            return new BoundedReader(reader, path, TimeSpan.MaxValue, owned: null, ct);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw AudioErrors.NotReadable(path, e);
        }
    }

    private static (string Sha256, long Samples) Hash(FileStream file, long length, CancellationToken ct)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var block = new byte[BlockBytes];
        long total = 0;
        for (int read; total < length && (read = file.Read(block, 0, (int)Math.Min(block.Length, length - total))) > 0; total += read)
        {
            ct.ThrowIfCancellationRequested();
            hash.AppendData(block, 0, read);
        }
        return (Convert.ToHexStringLower(hash.GetHashAndReset()), total / sizeof(short));
    }
}
