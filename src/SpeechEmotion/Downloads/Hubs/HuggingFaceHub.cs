namespace SpeechEmotion.Downloads.Hubs;

/// <summary>A repository on Hugging Face or on one of its mirrors.</summary>
/// <param name="endpoint">For example <c>https://huggingface.co</c>.</param>
/// <param name="repository">For example <c>emotion2vec/emotion2vec_plus_large</c>.</param>
/// <param name="connection">The connection to the hub.</param>
internal sealed class HuggingFaceHub(Uri endpoint, string repository, HubConnection connection) : IModelHub
{
    private const string Revision = "main";

    public string Name => "huggingface";

    public HubConnection Connection => connection;

    public async Task<HubListing> ListAsync(CancellationToken ct)
    {
        var files = await connection.ReadJsonAsync(
            new(endpoint, $"/api/models/{repository}/tree/{Revision}?recursive=true"), $"model {repository}",
            HubJsonContext.Default.ListHuggingFaceEntry, ct);
        return new(
            new Uri(endpoint, $"/{repository}").AbsoluteUri,
            [.. files.Where(file => file is { Type: "file", Path: not null, Size: >= 0 }).Select(FileOf)]);
    }

    public void Dispose() => connection.Dispose();

    private HubFile FileOf(HuggingFaceEntry file)
    {
        var escaped = string.Join('/', file.Path!.Split('/').Select(Uri.EscapeDataString));
        var address = new Uri(endpoint, $"/{repository}/resolve/{Revision}/{escaped}");
        return file.Lfs is { Oid.Length: 64 } large
            ? new(file.Path, large.Size, large.Oid.ToLowerInvariant(), null, address)
            : new(file.Path, file.Size, null, file.Oid is { Length: 40 } oid ? oid.ToLowerInvariant() : null, address);
    }
}
