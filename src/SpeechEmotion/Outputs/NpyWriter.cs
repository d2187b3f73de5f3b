using System.Runtime.InteropServices;
using SpeechEmotion.Errors;

namespace SpeechEmotion.Outputs;

/// <summary>
/// Streams numbers into a .npy file as numpy writes it, behind a header of <see cref="NpyHeader"/>. Not thread-safe.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="path">A file that does not exist yet.</param>
/// <exception cref="OutputException">The file cannot be created.</exception>
internal sealed class NpyWriter<T>(string path) : IDisposable
    where T : unmanaged
{
    private static readonly int Size = Marshal.SizeOf<T>();

    private readonly OutputFile _file = OutputFile.Create(path, NpyHeader.Length);

    /// <summary>Adds values.</summary>
    /// <exception cref="OutputException">The disk is full or unavailable.</exception>
    public void Write(ReadOnlySpan<T> values) => _file.Write(MemoryMarshal.AsBytes(values));

    /// <summary>Writes the header of a one-dimensional array.</summary>
    /// <exception cref="OutputException">The disk is full or unavailable.</exception>
    public void FinishVector() => Finish($"({_file.BodyLength / Size},)");

    /// <summary>Writes the header of an array of rows.</summary>
    /// <param name="dimension">The length of a row.</param>
    /// <exception cref="OutputException">The disk is full or unavailable.</exception>
    public void FinishRows(int dimension) => Finish(NpyHeader.Rows(_file.BodyLength / Size / dimension, dimension));

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private void Finish(string shape)
    {
        Span<byte> header = stackalloc byte[NpyHeader.Length];
        NpyHeader.Write(header, Size, shape);
        _file.Finish(header);
    }
}
