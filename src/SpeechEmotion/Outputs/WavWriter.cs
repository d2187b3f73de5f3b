using System.Buffers.Binary;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using SpeechEmotion.Errors;
using SpeechEmotion.Results;

namespace SpeechEmotion.Outputs;

/// <summary>Streams 16 kHz mono samples into a WAV file of 16-bit PCM. Not thread-safe.</summary>
internal sealed class WavWriter : IDisposable
{
    private const int HeaderLength = 44;
    private const int BlockLength = 4096;

    // The size field of RIFF counts everything after its own first 8 bytes, in 32 bits.
    private const long MaxBody = uint.MaxValue - (HeaderLength - 8);

    private readonly OutputFile _file;
    private readonly long _maxBody;
    private readonly float[] _scaled = new float[BlockLength];
    private readonly short[] _pcm = new short[BlockLength];
    private readonly float[] _rounded = new float[BlockLength];
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    private double _power, _lost;

    /// <param name="path">A file that does not exist yet.</param>
    /// <param name="maxBody">The most bytes of samples; at most (and by default) the limit of a WAV header, 37 hours.</param>
    /// <exception cref="OutputException">The file cannot be created.</exception>
    public WavWriter(string path, long maxBody = MaxBody)
    {
        _maxBody = Math.Min(maxBody, MaxBody);
        _file = OutputFile.Create(path, HeaderLength);
    }

    /// <summary>Adds samples, nominally in [-1, 1); values outside are clamped, and NaN becomes silence.</summary>
    /// <exception cref="OutputException">The disk is full, or the recording is longer than a WAV file can hold.</exception>
    public void Write(ReadOnlySpan<float> samples)
    {
        if (_file.BodyLength + ((long)samples.Length * sizeof(short)) > _maxBody)
            throw TooLarge();
        for (; !samples.IsEmpty; samples = samples[Math.Min(samples.Length, BlockLength)..])
        {
            var block = samples[..Math.Min(samples.Length, BlockLength)];
            var scaled = _scaled.AsSpan(0, block.Length);
            var pcm = _pcm.AsSpan(0, block.Length);
            // 32768 rather than 32767: a 16-bit recording that was decoded to floats is restored bit for bit.
            TensorPrimitives.Multiply(block, 32768f, scaled);
            var rounded = _rounded.AsSpan(0, block.Length);
            TensorPrimitives.Round(scaled, rounded);
            TensorPrimitives.ConvertSaturating<float, short>(rounded, pcm);
            TensorPrimitives.ConvertTruncating<short, float>(pcm, rounded);
            _power += TensorPrimitives.SumOfSquares<float>(scaled);
            _lost += Math.Pow(TensorPrimitives.Distance<float>(scaled, rounded), 2);
            _file.Write(MemoryMarshal.AsBytes(pcm));
            _hash.AppendData(MemoryMarshal.AsBytes(pcm));
        }
    }

    /// <summary>Writes the header, now that the length is known.</summary>
    /// <returns>The description of the written samples.</returns>
    /// <exception cref="OutputException">The disk is full or unavailable.</exception>
    public ProcessedAudio Finish()
    {
        var body = (uint)_file.BodyLength;
        Span<byte> header = stackalloc byte[HeaderLength];
        "RIFF"u8.CopyTo(header);
        BinaryPrimitives.WriteUInt32LittleEndian(header[4..], body + HeaderLength - 8);
        "WAVEfmt "u8.CopyTo(header[8..]);
        BinaryPrimitives.WriteUInt32LittleEndian(header[16..], 16);
        BinaryPrimitives.WriteUInt16LittleEndian(header[20..], 1);
        BinaryPrimitives.WriteUInt16LittleEndian(header[22..], 1);
        BinaryPrimitives.WriteUInt32LittleEndian(header[24..], SampleRate.Hz);
        BinaryPrimitives.WriteUInt32LittleEndian(header[28..], SampleRate.Hz * sizeof(short));
        BinaryPrimitives.WriteUInt16LittleEndian(header[32..], sizeof(short));
        BinaryPrimitives.WriteUInt16LittleEndian(header[34..], 16);
        "data"u8.CopyTo(header[36..]);
        BinaryPrimitives.WriteUInt32LittleEndian(header[40..], body);
        _file.Finish(header);
        return new(Convert.ToHexStringLower(_hash.GetHashAndReset()), body / sizeof(short), RoundingSnr());
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _file.Dispose();
        _hash.Dispose();
    }

    /// <summary>Rounded to a hundredth of a decibel, which is precise enough.</summary>
    private double? RoundingSnr() =>
        _lost > 0 && double.IsFinite(_power) && double.IsFinite(_lost) ? Math.Round(10 * Math.Log10(_power / _lost), 2) : null;

    private static OutputException TooLarge() => new(
        "output.too_large",
        "processed_audio.wav would exceed 4 GiB (37 hours), more than a WAV file can hold. Split the recording.",
        "processed_audio.wav 将超过 WAV 文件的上限 4 GiB（37 小时）。请先把录音切分成多段。");
}
