namespace SpeechEmotion.Downloads.Hubs;

/// <summary>One file or folder of Hugging Face's list, <c>/api/models/{id}/tree/{revision}</c>.</summary>
/// <param name="Type"><c>file</c> or <c>directory</c>.</param>
/// <param name="Path">In the repository.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Oid">Git's hash of the file, or of the pointer to a large one.</param>
/// <param name="Lfs">Of a large file, what it really is.</param>
internal sealed record HuggingFaceEntry(string? Type, string? Path, long Size, string? Oid, HuggingFaceEntry.LargeFile? Lfs)
{
    /// <summary>A file that lies outside of git.</summary>
    internal sealed record LargeFile(string? Oid, long Size);
}
