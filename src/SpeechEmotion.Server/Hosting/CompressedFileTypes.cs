using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.StaticFiles;

namespace SpeechEmotion.Server.Hosting;

/// <summary>The type of a file by its name; a compressed copy has that of the file.</summary>
internal sealed class CompressedFileTypes : IContentTypeProvider
{
    private readonly FileExtensionContentTypeProvider _types = new();

    public bool TryGetContentType(string subpath, [MaybeNullWhen(false)] out string contentType) =>
        _types.TryGetContentType(CompressedFiles.SuffixOf(subpath) is { } suffix ? subpath[..^suffix.Length] : subpath, out contentType);
}
