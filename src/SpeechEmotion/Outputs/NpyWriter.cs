using System.Runtime.InteropServices;
using System.Text;
using SpeechEmotion.Errors;

namespace SpeechEmotion.Outputs;

/// <summary>
/// Streams numbers into a .npy file as numpy writes it: format 1.0, <c>&lt;f4</c> or <c>&lt;f8</c>, C order, a header of 128 bytes
/// (https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html). Not thread-safe.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="path">A file that does not exist yet.</param>
/// <exception cref="OutputException">The file cannot be created.</exception>
internal sealed class NpyWriter<T>(string path) : IDisposable
    where T : unmanaged
{
    private const int HeaderLength = 128;
    private const int PreambleLength = 10;

    private static readonly int Size = Marshal.SizeOf<T>();

    private readonly OutputFile _file = OutputFile.Create(path, HeaderLength);

    /// <summary>Adds values.</summary>
    /// <exception cref="OutputException">The disk is full or unavailable.</exception>
    public void Write(ReadOnlySpan<T> values) => _file.Write(MemoryMarshal.AsBytes(values));

    /// <summary>Writes the header of a one-dimensional array.</summary>
    /// <exception cref="OutputException">The disk is full or unavailable.</exception>
    public void FinishVector() => Finish($"({_file.BodyLength / Size},)");

    /// <summary>Writes the header of an array of rows.</summary>
    /// <param name="dimension">The length of a row.</param>
    /// <exception cref="OutputException">The disk is full or unavailable.</exception>
    public void FinishRows(int dimension) => Finish($"({_file.BodyLength / Size / dimension}, {dimension})");

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private void Finish(string shape)
    {
        Span<byte> header = stackalloc byte[HeaderLength];
        header.Fill((byte)' ');
        ReadOnlySpan<byte> preamble = [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', 1, 0, HeaderLength - PreambleLength, 0];
        preamble.CopyTo(header);
        Encoding.ASCII.GetBytes($"{{'descr': '<f{Size}', 'fortran_order': False, 'shape': {shape}, }}", header[PreambleLength..]);
        header[^1] = (byte)'\n';
        _file.Finish(header);
    }
}
