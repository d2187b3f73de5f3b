namespace SpeechEmotion.Downloads.Hubs;

/// <summary>ModelScope's list of a model's files, <c>/api/v1/models/{id}/repo/files</c>.</summary>
internal sealed record ModelScopeFiles(int Code, string? Message, ModelScopeFiles.Contents? Data)
{
    /// <summary>The list itself.</summary>
    internal sealed record Contents(IReadOnlyList<Listed?>? Files);

    /// <summary>One file or folder.</summary>
    internal sealed record Listed(string? Path, string? Type, long Size, string? Sha256);
}
