namespace SpeechEmotion.Downloads.Hubs;

/// <summary>A server that offers models for download.</summary>
internal interface IModelHub : IDisposable
{
    /// <summary>The hub's name, as <c>--from</c> accepts it.</summary>
    string Name { get; }

    /// <summary>The connection to the hub.</summary>
    HubConnection Connection { get; }

    /// <summary>Lists the model's files.</summary>
    /// <exception cref="Errors.DownloadException">The hub does not answer, refuses access, or does not have the model.</exception>
    Task<HubListing> ListAsync(CancellationToken ct);
}
