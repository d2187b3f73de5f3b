using SpeechEmotion.Checkpoints.Emotion2vec;
using SpeechEmotion.Errors;

namespace SpeechEmotion.Downloads.Hubs;

/// <summary>A folder on any web server that contains a model's files under their usual names.</summary>
/// <param name="folder">The address of the folder; it ends with a slash.</param>
/// <param name="example">The path of the publisher's example in the folder; null if it is not wanted.</param>
/// <param name="connection">The connection to the server.</param>
internal sealed class WebFolder(Uri folder, string? example, HubConnection connection) : IModelHub
{
    public string Name => folder.AbsoluteUri;

    public HubConnection Connection => connection;

    public async Task<HubListing> ListAsync(CancellationToken ct)
    {
        var files = new List<HubFile>();
        foreach (var name in FunAsrFiles.UsualNames)
        {
            var address = new Uri(folder, name);
            // Optional, because some servers refuse a file that they do not have.
            if (await connection.DescribeAsync(address, optional: name.StartsWith("tokens", StringComparison.Ordinal), ct) is { } known)
                files.Add(new(name, known.Size, null, null, address, known.Version));
        }
        if (example is not null && await ExampleAsync(example, ct) is { } extra)
            files.Add(extra);
        return new(folder.AbsoluteUri, files);
    }

    public void Dispose() => connection.Dispose();

    private async Task<HubFile?> ExampleAsync(string name, CancellationToken ct)
    {
        try
        {
            var address = new Uri(folder, name);
            return await connection.DescribeAsync(address, optional: true, ct) is { } known
                ? new(name, known.Size, null, null, address, known.Version)
                : null;
        }
        catch (DownloadException)
        {
            return null; // The model works without the example.
        }
    }
}
