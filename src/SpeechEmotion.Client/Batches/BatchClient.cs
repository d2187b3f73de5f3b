using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using SpeechEmotion.Client.Connection;
using SpeechEmotion.Client.Errors;
using SpeechEmotion.Client.Options;
using SpeechEmotion.Client.Results;

namespace SpeechEmotion.Client.Batches;

/// <summary>
/// The batches of a server. All methods repeat their request as <see cref="ClientOptions.Patience"/> says, and may throw a
/// <see cref="ServerException"/>.
/// </summary>
public sealed class BatchClient
{
    private const string Root = "api/v1/batches";
    private const int PageSize = 1000;

    private readonly ServerConnection _server;

    internal BatchClient(ServerConnection server) => _server = server;

    /// <summary>Creates an open batch without recordings, or returns the one with the same key.</summary>
    /// <param name="options">What is asked of the batch.</param>
    /// <param name="ct">Cancels the request.</param>
    public Task<Batch> CreateAsync(BatchOptions options, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var body = new BatchRequest(options.Name, options.Priority, Open: true, options.Webhook, options.Recognition);
        return _server.SendAsync(
            new(HttpMethod.Post, Root)
            {
                Content = () => JsonContent.Create(body, ClientJsonContext.Default.BatchRequest),
                Key = options.Key ?? Guid.NewGuid().ToString(),
            },
            ClientJsonContext.Default.Batch, ct);
    }

    /// <summary>
    /// Adds recordings to an open batch, in one request. A recording with the name and bytes of one that the batch has is not added
    /// again.
    /// </summary>
    /// <param name="id">The batch.</param>
    /// <param name="recordings">The recordings; together no larger than the server's limit of an upload.</param>
    /// <param name="ct">Cancels the upload.</param>
    public Task<BatchAddition> AddAsync(int id, IReadOnlyList<BatchRecording> recordings, CancellationToken ct = default) =>
        _server.SendAsync(
            new(HttpMethod.Post, $"{PathOf(id)}/recordings")
            {
                Content = () => BatchForm.Of(recordings, _server.Options.Language),
                IsUpload = true,
            },
            ClientJsonContext.Default.BatchAddition, ct);

    /// <summary>Ends an open batch: no more recordings follow.</summary>
    /// <inheritdoc cref="GetAsync"/>
    public Task<Batch> SealAsync(int id, CancellationToken ct = default) => ActAsync(id, "seal", ct);

    /// <summary>Returns a batch.</summary>
    /// <param name="id">The batch.</param>
    /// <param name="ct">Cancels the request.</param>
    public Task<Batch> GetAsync(int id, CancellationToken ct = default) =>
        _server.GetAsync(PathOf(id), ClientJsonContext.Default.Batch, ct);

    /// <summary>Returns all batches, newest first, page by page as they are read.</summary>
    /// <param name="ct">Cancels the reading.</param>
    public async IAsyncEnumerable<Batch> ListAsync([EnumeratorCancellation] CancellationToken ct = default)
    {
        string? cursor = null;
        do
        {
            var page = await _server.GetAsync(Root.With(("cursor", cursor)), ClientJsonContext.Default.BatchList, ct).ConfigureAwait(false);
            foreach (var batch in page.Items)
                yield return batch;
            cursor = page.Next;
        }
        while (cursor is not null);
    }

    /// <summary>Changes the priority or the name of a batch.</summary>
    /// <param name="id">The batch.</param>
    /// <param name="priority">-10 to 10; null keeps it.</param>
    /// <param name="name">The name; null keeps it.</param>
    /// <param name="ct">Cancels the request.</param>
    public Task<Batch> ChangeAsync(int id, int? priority = null, string? name = null, CancellationToken ct = default) =>
        _server.SendAsync(
            new(HttpMethod.Patch, PathOf(id))
            {
                Content = () => JsonContent.Create(new(priority, name), ClientJsonContext.Default.BatchChange),
            },
            ClientJsonContext.Default.Batch, ct);

    /// <summary>Pauses a batch after the recordings that are being recognized.</summary>
    /// <inheritdoc cref="GetAsync"/>
    public Task<Batch> PauseAsync(int id, CancellationToken ct = default) => ActAsync(id, "pause", ct);

    /// <summary>Resumes a paused or cancelled batch.</summary>
    /// <inheritdoc cref="GetAsync"/>
    public Task<Batch> ResumeAsync(int id, CancellationToken ct = default) => ActAsync(id, "resume", ct);

    /// <summary>Cancels a batch; it keeps the results that it has.</summary>
    /// <inheritdoc cref="GetAsync"/>
    public Task<Batch> CancelAsync(int id, CancellationToken ct = default) => ActAsync(id, "cancel", ct);

    /// <summary>Processes failed items again.</summary>
    /// <param name="id">The batch.</param>
    /// <param name="item">The number of the only item to process again; null for all that failed.</param>
    /// <param name="ct">Cancels the request.</param>
    public Task<Batch> RetryAsync(int id, int? item = null, CancellationToken ct = default) =>
        ActAsync(id, "retry".With(("item", item.Text())), ct);

    /// <summary>Waits until a batch is done or cancelled. While a person has paused it, the waiting goes on.</summary>
    /// <param name="id">The batch.</param>
    /// <param name="progress">Receives the batch after each change.</param>
    /// <param name="ct">Ends the waiting; the batch is not affected.</param>
    /// <exception cref="ServerException">
    /// A failure has paused the batch, with the code and the text of its <see cref="Batch.Reason"/>; or the server cannot be reached.
    /// </exception>
    public Task<Batch> WaitAsync(int id, IProgress<Batch>? progress = null, CancellationToken ct = default) =>
        FollowAsync(id, batch => progress?.Report(batch), ct);

    /// <summary>Returns the items of a batch, page by page as they are read.</summary>
    /// <param name="id">The batch.</param>
    /// <param name="query">Which items, and in which order; null for all, as they were added.</param>
    /// <param name="ct">Cancels the reading.</param>
    public async IAsyncEnumerable<BatchItem> ItemsAsync(
        int id, BatchItemQuery? query = null, [EnumeratorCancellation] CancellationToken ct = default)
    {
        var path = $"{PathOf(id)}/items".With(
            ("state", query?.State?.Key()), ("emotion", query?.Emotion?.Key()), ("code", query?.Code), ("name", query?.Name),
            ("min_confidence", query?.MinConfidence.Text()), ("max_confidence", query?.MaxConfidence.Text()),
            ("sort", query?.Sort.KeyUnlessDefault()), ("descending", query?.Descending == true ? "true" : null),
            ("limit", ((int?)PageSize).Text()));
        string? cursor = null;
        do
        {
            var page = await _server.GetAsync(path.With(("cursor", cursor)), ClientJsonContext.Default.BatchItemList, ct)
                .ConfigureAwait(false);
            foreach (var item in page.Items)
                yield return item;
            cursor = page.Next;
        }
        while (cursor is not null);
    }

    /// <summary>Returns an item of a batch with its whole result.</summary>
    /// <param name="id">The batch.</param>
    /// <param name="number">The item.</param>
    /// <param name="ct">Cancels the request.</param>
    public Task<BatchItem> GetItemAsync(int id, int number, CancellationToken ct = default) =>
        _server.GetAsync(PathOf(id, number), ClientJsonContext.Default.BatchItem, ct);

    /// <summary>Copies the recording of an item, as it was sent, to a stream.</summary>
    /// <param name="id">The batch.</param>
    /// <param name="number">The item.</param>
    /// <param name="destination">Receives the bytes; after an error it may have a part of them.</param>
    /// <param name="ct">Cancels the download.</param>
    public Task DownloadAudioAsync(int id, int number, Stream destination, CancellationToken ct = default) =>
        _server.DownloadAsync($"{PathOf(id, number)}/audio", destination, ct);

    /// <summary>Writes the results of a batch to a stream, while the server reads them.</summary>
    /// <param name="id">The batch.</param>
    /// <param name="export">What is exported.</param>
    /// <param name="destination">Receives the file; after an error it may have a part of it.</param>
    /// <param name="ct">Cancels the export.</param>
    public Task ExportAsync(int id, BatchExport export, Stream destination, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(export);
        return _server.DownloadAsync(
            $"{PathOf(id)}/export".With(("format", export.Format.Key()), ("table", export.Table.KeyUnlessDefault())), destination, ct);
    }

    /// <summary>Stops a batch and deletes it, with its results and the recordings that were sent.</summary>
    /// <param name="id">The batch.</param>
    /// <param name="ct">Cancels the request.</param>
    public Task DeleteAsync(int id, CancellationToken ct = default) => _server.DeleteAsync(PathOf(id), ct);

    /// <inheritdoc cref="WaitAsync"/>
    internal async Task<Batch> FollowAsync(int id, Action<Batch> seen, CancellationToken ct)
    {
        var last = await _server.FollowAsync(PathOf(id), ClientJsonContext.Default.Batch, EndsWaiting, seen, ct).ConfigureAwait(false);
        return FailureOf(last) is { } failure ? throw new ServerException(failure.Code, failure.Message) : last;
    }

    private static bool EndsWaiting(Batch batch) =>
        batch.State is BatchState.Done or BatchState.Cancelled || FailureOf(batch) is not null;

    /// <summary>Returns the failure that paused a batch until a client resumes it; null if there is none.</summary>
    private static Failure? FailureOf(Batch batch) => batch.State == BatchState.Paused ? batch.Reason : null;

    private Task<Batch> ActAsync(int id, string action, CancellationToken ct) =>
        _server.SendAsync(new(HttpMethod.Post, $"{PathOf(id)}/{action}"), ClientJsonContext.Default.Batch, ct);

    private static string PathOf(int id) => FormattableString.Invariant($"{Root}/{id}");

    private static string PathOf(int id, int number) => FormattableString.Invariant($"{Root}/{id}/items/{number}");
}
