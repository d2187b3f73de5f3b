using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.StaticFiles;

namespace SpeechEmotion.Server.Hosting;

/// <summary>Maps a file name to its content type; a compressed copy has the type of the original file.</summary>
internal sealed class CompressedFileTypes : IContentTypeProvider
{
    /// <summary>The server does not send files of unknown types.</summary>
    private readonly FileExtensionContentTypeProvider _types = new() { Mappings = { [".flac"] = "audio/flac" } };

    public bool TryGetContentType(string subpath, [MaybeNullWhen(false)] out string contentType) =>
        _types.TryGetContentType(CompressedFiles.SuffixOf(subpath) is { } suffix ? subpath[..^suffix.Length] : subpath, out contentType);
}
