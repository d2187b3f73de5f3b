namespace SpeechEmotion.Downloads.Hubs;

/// <summary>A place that gives models.</summary>
internal interface IModelHub : IDisposable
{
    /// <summary>Its name, as <c>--from</c> takes it.</summary>
    string Name { get; }

    /// <summary>The way to it.</summary>
    HubConnection Connection { get; }

    /// <summary>Asks for the model's files.</summary>
    /// <exception cref="Errors.DownloadException">It does not answer, refuses, or has no such model.</exception>
    Task<HubListing> ListAsync(CancellationToken ct);
}
