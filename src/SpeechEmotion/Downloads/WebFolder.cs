using SpeechEmotion.Checkpoints;

namespace SpeechEmotion.Downloads;

/// <summary>A folder of any web server in which a model's files lie under their usual names.</summary>
/// <param name="folder">Ends with a slash.</param>
/// <param name="connection">The way there.</param>
internal sealed class WebFolder(Uri folder, HubConnection connection) : IModelHub
{
    public string Name => folder.AbsoluteUri;

    public HubConnection Connection => connection;

    public async Task<HubListing> ListAsync(CancellationToken ct)
    {
        var files = new List<HubFile>();
        foreach (var name in FunAsrFiles.UsualNames)
        {
            var address = new Uri(folder, name);
            // Some servers refuse what they do not have.
            if (await connection.DescribeAsync(address, optional: name.StartsWith("tokens", StringComparison.Ordinal), ct) is { } known)
                files.Add(new(name, known.Size, null, null, address, known.Version));
        }
        return new(folder.AbsoluteUri, files);
    }

    public void Dispose() => connection.Dispose();
}
