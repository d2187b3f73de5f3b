using System.Globalization;
using System.Text;

namespace SpeechEmotion.Outputs;

/// <summary>
/// The header of a .npy file as numpy writes it: format 1.0, <c>&lt;f4</c> or <c>&lt;f8</c>, C order
/// (https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html). Its length is fixed, so a writer can reserve it and
/// fill it in once the number of rows is known.
/// </summary>
internal static class NpyHeader
{
    /// <summary>The length in bytes.</summary>
    public const int Length = 128;

    private const int PreambleLength = 10;

    /// <summary>The shape of an array of rows.</summary>
    public static string Rows(long rows, int dimension) => string.Create(CultureInfo.InvariantCulture, $"({rows}, {dimension})");

    /// <summary>Writes the header.</summary>
    /// <param name="header">Receives <see cref="Length"/> bytes.</param>
    /// <param name="size">Bytes of one number: 4 or 8.</param>
    /// <param name="shape">The shape as Python writes a tuple.</param>
    public static void Write(Span<byte> header, int size, string shape)
    {
        header.Fill((byte)' ');
        ReadOnlySpan<byte> preamble = [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', 1, 0, Length - PreambleLength, 0];
        preamble.CopyTo(header);
        Encoding.ASCII.GetBytes($"{{'descr': '<f{size}', 'fortran_order': False, 'shape': {shape}, }}", header[PreambleLength..]);
        header[^1] = (byte)'\n';
    }
}
