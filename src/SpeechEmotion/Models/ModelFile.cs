namespace SpeechEmotion.Models;

/// <summary>One file of a model.</summary>
/// <param name="Name">Relative to the model's folder.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Sha256">Lower-case hexadecimal.</param>
public sealed record ModelFile(string Name, long Size, string Sha256)
{
    /// <summary>Measures a file that was just written.</summary>
    internal static ModelFile Measure(string directory, string name, IProgress<double>? progress, CancellationToken ct)
    {
        var path = Path.Combine(directory, name);
        return new(name, new FileInfo(path).Length, Checksum.OfFile(path, progress, ct));
    }
}
