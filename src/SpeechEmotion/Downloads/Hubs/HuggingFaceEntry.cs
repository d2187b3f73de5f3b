namespace SpeechEmotion.Downloads.Hubs;

/// <summary>One file or folder of Hugging Face's list, <c>/api/models/{id}/tree/{revision}</c>.</summary>
/// <param name="Type"><c>file</c> or <c>directory</c>.</param>
/// <param name="Path">The path in the repository.</param>
/// <param name="Size">The size in bytes.</param>
/// <param name="Oid">Git's hash of the file, or of the pointer if the file is stored in Git LFS.</param>
/// <param name="Lfs">The hash and size of the file itself if it is stored in Git LFS; otherwise null.</param>
internal sealed record HuggingFaceEntry(string? Type, string? Path, long Size, string? Oid, HuggingFaceEntry.LargeFile? Lfs)
{
    /// <summary>A file that is stored in Git LFS.</summary>
    internal sealed record LargeFile(string? Oid, long Size);
}
