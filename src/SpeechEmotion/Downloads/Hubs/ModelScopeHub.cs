namespace SpeechEmotion.Downloads.Hubs;

/// <summary>A repository on ModelScope or on a server with the same API.</summary>
/// <param name="endpoint">For example <c>https://www.modelscope.cn</c>.</param>
/// <param name="repository">For example <c>iic/emotion2vec_plus_large</c>.</param>
/// <param name="connection">The connection to the hub.</param>
internal sealed class ModelScopeHub(Uri endpoint, string repository, HubConnection connection) : IModelHub
{
    private const string Revision = "master";

    public string Name => "modelscope";

    public HubConnection Connection => connection;

    public async Task<HubListing> ListAsync(CancellationToken ct)
    {
        var list = await connection.ReadJsonAsync(
            new(endpoint, $"/api/v1/models/{repository}/repo/files?Revision={Revision}&Recursive=true"), $"model {repository}",
            HubJsonContext.Default.ModelScopeFiles, ct);
        if (list.Code != 200)
            throw DownloadErrors.NotFound(connection.Host, $"model {repository} ({DownloadErrors.Quote(list.Message)})");
        var files = list.Data?.Files?.Where(file => file is { Type: "blob", Path: not null, Size: >= 0 })
            ?? throw DownloadErrors.BadAnswer(connection.Host, "its list of files is empty.");
        return new(
            new Uri(endpoint, $"/models/{repository}").AbsoluteUri,
            [
                .. files.Select(file => new HubFile(
                    file!.Path!, file.Size, file.Sha256 is { Length: 64 } hash ? hash.ToLowerInvariant() : null, null,
                    AddressOf(file.Path!))),
            ]);
    }

    public void Dispose() => connection.Dispose();

    private Uri AddressOf(string path) =>
        new(endpoint, $"/api/v1/models/{repository}/repo?Revision={Revision}&FilePath={Uri.EscapeDataString(path)}");
}
