using System.Text.Json;
using SpeechEmotion.Errors;

namespace SpeechEmotion.Models;

/// <summary>A folder with a model that is ready to load.</summary>
/// <param name="Directory">The full path.</param>
/// <param name="Manifest">The description of its content.</param>
public sealed record ModelFolder(string Directory, ModelManifest Manifest)
{
    /// <summary>Whether the folder has a manifest.</summary>
    public static bool LooksLikeOne(string directory) => File.Exists(Path.Combine(directory, ModelManifest.FileName));

    /// <summary>Reads the manifest.</summary>
    /// <exception cref="ModelException"><c>model.damaged</c>: the manifest is missing or not readable.</exception>
    public static ModelFolder Read(string directory)
    {
        var path = Path.Combine(directory, ModelManifest.FileName);
        try
        {
            var manifest = JsonSerializer.Deserialize(File.ReadAllBytes(path), ModelJsonContext.Default.ModelManifest)
                ?? throw new JsonException("the file contains null.");
            if (Fault(manifest) is { } fault)
                throw new JsonException(fault);
            return new(Path.GetFullPath(directory), manifest);
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new ModelException(
                "model.damaged", $"{path} cannot be read: {Sentence.End(e.Message)} Remove the folder and import the model again.",
                $"无法读取 {path}：{Sentence.End(e.Message)} 请删除该文件夹并重新导入模型。", e);
        }
    }

    /// <summary>Reads the manifest; null if it is missing or not readable.</summary>
    internal static ModelFolder? TryRead(string directory)
    {
        try
        {
            return Read(directory);
        }
        catch (ModelException)
        {
            return null;
        }
    }

    /// <summary>Returns the full path of one of the model's files.</summary>
    public string PathOf(string file) => Path.Combine(Directory, Path.GetFileName(file));

    /// <summary>Reads every file again and compares its size and SHA-256 with the manifest.</summary>
    /// <returns>The files that differ or are missing; empty if there are none.</returns>
    public IReadOnlyList<ModelFile> Verify(CancellationToken ct = default) =>
        [.. Manifest.Files.Where(file => !IsWhole(file, ct))];

    /// <summary>Replaces the manifest atomically: a concurrent reader sees the old one or the new one.</summary>
    internal ModelFolder Rewrite(ModelManifest manifest)
    {
        var aside = Path.Combine(Directory, $".{Guid.NewGuid():N}");
        System.IO.Directory.CreateDirectory(aside);
        try
        {
            ModelImport.Write(aside, manifest);
            File.Move(Path.Combine(aside, ModelManifest.FileName), PathOf(ModelManifest.FileName), overwrite: true);
        }
        finally
        {
            System.IO.Directory.Delete(aside, recursive: true);
        }
        return this with { Manifest = manifest };
    }

    private static string? Fault(ModelManifest manifest) => manifest switch
    {
        { Id: null or "" } or { Hash: null } or { Precision: null } or { License: null } => "a required name is missing.",
        { Graph: null or "" } or { Files: null } => "the names of its files are missing.",
        { Dimension: < 1 } or { MinSamples: < 1 } => "its sizes are not positive.",
        { Source.Files: null or [] } => "the files of its source are missing.",
        _ when manifest.Files.Any(file => file is null || string.IsNullOrEmpty(file.Name) || Path.GetFileName(file.Name) != file.Name)
            => "a file of the model is outside its folder.",
        _ => null,
    };

    private bool IsWhole(ModelFile file, CancellationToken ct)
    {
        var path = PathOf(file.Name);
        return File.Exists(path) && new FileInfo(path).Length == file.Size
            && Checksum.OfFile(path, null, ct) == file.Sha256;
    }
}
