namespace SpeechEmotion.Models;

/// <summary>One file of a model.</summary>
/// <param name="Name">The path relative to the model's folder.</param>
/// <param name="Size">The size in bytes.</param>
/// <param name="Sha256">The SHA-256 in lower-case hexadecimal.</param>
public sealed record ModelFile(string Name, long Size, string Sha256)
{
    /// <summary>Computes the size and hash of a newly written file.</summary>
    internal static ModelFile Measure(string directory, string name, IProgress<double>? progress, CancellationToken ct)
    {
        var path = Path.Combine(directory, name);
        return new(name, new FileInfo(path).Length, Checksum.OfFile(path, progress, ct));
    }
}
