using SpeechEmotion.Client.Batches;
using SpeechEmotion.Client.Connection;
using SpeechEmotion.Client.Errors;
using SpeechEmotion.Client.Options;
using SpeechEmotion.Client.Results;

namespace SpeechEmotion.Client;

/// <summary>
/// A client of a SpeechEmotion server. It is thread-safe: create it once and share it. It repeats requests that find no server or a
/// busy one, as <see cref="ClientOptions.Patience"/> says. All methods may throw a <see cref="ServerException"/>.
/// </summary>
public sealed class SpeechEmotionClient : IDisposable
{
    private const string Root = "api/v1/recognitions";
    private const string Interrupted = "server.interrupted";

    /// <summary>A recording that crashes the server must not be sent for ever.</summary>
    private const int MostStarts = 3;

    /// <summary>How long a cancelled call waits for each of the server's answers: the name of the recognition, and its end.</summary>
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(5);

    private readonly ServerConnection _server;
    private readonly HttpClient? _own;

    /// <summary>Creates a client that sends its requests with the given <see cref="HttpClient"/>, which the caller disposes.</summary>
    /// <param name="http">
    /// Its <see cref="HttpClient.BaseAddress"/> is the server. It may send credentials; its timeout also limits uploads.
    /// </param>
    /// <param name="options">How the client behaves; null for the defaults.</param>
    /// <exception cref="ArgumentException">There is no base address.</exception>
    public SpeechEmotionClient(HttpClient http, ClientOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(http);
        var server = http.BaseAddress ?? throw new ArgumentException("The HttpClient needs a BaseAddress: the server.", nameof(http));
        _server = new(http, server, null, options ?? new());
        Batches = new(_server);
    }

    /// <summary>Creates a client.</summary>
    /// <param name="server">The address of the server, for example <c>http://localhost:7860</c>.</param>
    /// <param name="apiKey">The key of the caller; null if the server requires none.</param>
    /// <param name="options">How the client behaves; null for the defaults.</param>
    public SpeechEmotionClient(Uri server, string? apiKey = null, ClientOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(server);
        _own = new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5), ConnectTimeout = TimeSpan.FromSeconds(15) })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        _server = new(_own, server, apiKey, options ?? new());
        Batches = new(_server);
    }

    /// <summary>The batches of the server.</summary>
    public BatchClient Batches { get; }

    /// <summary>
    /// Sends a recording and waits for its result. If the server is restarted meanwhile, the recording is sent again if that is needed.
    /// </summary>
    /// <param name="path">The file of the recording.</param>
    /// <param name="options">What is asked; null for the defaults of the server.</param>
    /// <param name="key">
    /// Identifies the request, 1 to 255 printable ASCII characters: within 24 hours, another call with the same key and recording gets the
    /// same recognition. Null for a new one.
    /// </param>
    /// <param name="progress">Receives the recognition after each change.</param>
    /// <param name="ct">Cancels the call, and the recognition on the server.</param>
    /// <returns>The recognition with its result.</returns>
    /// <exception cref="ServerException">There is no result; the code says why.</exception>
    /// <exception cref="IOException">The file does not exist.</exception>
    public Task<Recognition> RecognizeAsync(
        string path, RecognitionOptions? options = null, string? key = null, IProgress<Recognition>? progress = null,
        CancellationToken ct = default) => RecognizeAsync(RecordingSource.OfFile(path), options, key, progress, ct);

    /// <inheritdoc cref="RecognizeAsync(string, RecognitionOptions?, string?, IProgress{Recognition}?, CancellationToken)"/>
    /// <param name="recording">
    /// The recording, from its current position to its end; the caller closes it. A stream that cannot seek is sent only once.
    /// </param>
    /// <param name="name">The name of the recording that the server shows.</param>
    /// <param name="options">What is asked; null for the defaults of the server.</param>
    /// <param name="key">Identifies the request, as for a file.</param>
    /// <param name="progress">Receives the recognition after each change.</param>
    /// <param name="ct">Cancels the call, and the recognition on the server.</param>
    public Task<Recognition> RecognizeAsync(
        Stream recording, string name, RecognitionOptions? options = null, string? key = null, IProgress<Recognition>? progress = null,
        CancellationToken ct = default) => RecognizeAsync(RecordingSource.OfStream(recording, name), options, key, progress, ct);

    /// <summary>Sends a recording and returns without waiting for its result.</summary>
    /// <param name="path">The file of the recording.</param>
    /// <param name="options">What is asked; null for the defaults of the server.</param>
    /// <param name="key">Identifies the request, as for <c>RecognizeAsync</c>.</param>
    /// <param name="webhook">The address that the server calls when the recognition ends; null for none.</param>
    /// <param name="ct">Cancels the upload; once the recognition is accepted, it continues.</param>
    /// <returns>The recognition as it was accepted; <see cref="WaitAsync"/> waits for its result.</returns>
    /// <exception cref="ServerException">The server refuses the recording, or cannot be reached.</exception>
    /// <exception cref="IOException">The file does not exist.</exception>
    public Task<Recognition> StartAsync(
        string path, RecognitionOptions? options = null, string? key = null, Uri? webhook = null, CancellationToken ct = default) =>
        StartAsync(RecordingSource.OfFile(path), options, key, webhook, ct);

    /// <inheritdoc cref="StartAsync(string, RecognitionOptions?, string?, Uri?, CancellationToken)"/>
    /// <param name="recording">
    /// The recording, from its current position to its end; the caller closes it. A stream that cannot seek is sent only once.
    /// </param>
    /// <param name="name">The name of the recording that the server shows.</param>
    /// <param name="options">What is asked; null for the defaults of the server.</param>
    /// <param name="key">Identifies the request, as for a file.</param>
    /// <param name="webhook">The address that the server calls when the recognition ends; null for none.</param>
    /// <param name="ct">Cancels the upload; once the recognition is accepted, it continues.</param>
    public Task<Recognition> StartAsync(
        Stream recording, string name, RecognitionOptions? options = null, string? key = null, Uri? webhook = null,
        CancellationToken ct = default) => StartAsync(RecordingSource.OfStream(recording, name), options, key, webhook, ct);

    /// <summary>Waits for the result of a recognition.</summary>
    /// <param name="id">The recognition.</param>
    /// <param name="progress">Receives the recognition after each change.</param>
    /// <param name="ct">Ends the waiting; the recognition continues.</param>
    /// <returns>The recognition with its result.</returns>
    /// <exception cref="ServerException">There is no result; the code says why.</exception>
    public async Task<Recognition> WaitAsync(string id, IProgress<Recognition>? progress = null, CancellationToken ct = default)
    {
        var last = await _server.FollowAsync(
            PathOf(id), ClientJsonContext.Default.Recognition,
            now => now.State is RecognitionState.Done or RecognitionState.Failed or RecognitionState.Cancelled,
            now => progress?.Report(now), ct).ConfigureAwait(false);
        return last.State switch
        {
            RecognitionState.Done => last,
            RecognitionState.Failed when last.Error is { } error => throw new ServerException(error.Code, error.Message),
            _ => throw ConnectionErrors.Cancelled(_server.Options.Language, id),
        };
    }

    /// <summary>Returns a recognition in its current state.</summary>
    /// <param name="id">The recognition.</param>
    /// <param name="ct">Cancels the request.</param>
    public Task<Recognition> GetAsync(string id, CancellationToken ct = default) =>
        _server.GetAsync(PathOf(id), ClientJsonContext.Default.Recognition, ct);

    /// <summary>Returns a page of the history.</summary>
    /// <param name="query">Which recognitions; null for the newest.</param>
    /// <param name="ct">Cancels the request.</param>
    public Task<RecognitionList> ListAsync(RecognitionQuery? query = null, CancellationToken ct = default)
    {
        query ??= new();
        var path = Root.With(
            ("page", ((int?)query.Page).Text()), ("page_size", ((int?)query.PageSize).Text()), ("emotion", query.Emotion?.Key()),
            ("state", query.State?.Key()), ("from", query.From.Text("O")), ("to", query.To.Text("O")),
            ("min_confidence", query.MinConfidence.Text()), ("max_confidence", query.MaxConfidence.Text()), ("name", query.Name));
        return _server.GetAsync(path, ClientJsonContext.Default.RecognitionList, ct);
    }

    /// <summary>Cancels a recognition that waits or runs.</summary>
    /// <param name="id">The recognition.</param>
    /// <param name="ct">Cancels the request.</param>
    /// <returns>The recognition in its final state.</returns>
    public Task<Recognition> CancelAsync(string id, CancellationToken ct = default) =>
        _server.SendAsync(new(HttpMethod.Post, PathOf(id) + "/cancel"), ClientJsonContext.Default.Recognition, ct);

    /// <summary>Cancels a recognition if it waits or runs, and deletes it with its files.</summary>
    /// <param name="id">The recognition.</param>
    /// <param name="ct">Cancels the request.</param>
    public Task DeleteAsync(string id, CancellationToken ct = default) => _server.DeleteAsync(PathOf(id), ct);

    /// <summary>Returns which emotion a recording has when.</summary>
    /// <param name="id">The recognition.</param>
    /// <param name="ct">Cancels the request.</param>
    /// <exception cref="ServerException">
    /// <c>recognition.no_timeline</c>: the recording was processed as a whole. <see cref="RecognitionOptions.Segments"/> changes that.
    /// </exception>
    public Task<Timeline> GetTimelineAsync(string id, CancellationToken ct = default) =>
        _server.GetAsync(PathOf(id) + "/timeline", ClientJsonContext.Default.Timeline, ct);

    /// <summary>Copies the timeline of a recognition to a stream, as subtitles, labels or a table.</summary>
    /// <param name="id">The recognition.</param>
    /// <param name="format">The format of the file.</param>
    /// <param name="destination">Receives the file; after an error it may have a part of it.</param>
    /// <param name="ct">Cancels the download.</param>
    /// <inheritdoc cref="GetTimelineAsync"/>
    public Task DownloadTimelineAsync(string id, TimelineFormat format, Stream destination, CancellationToken ct = default) =>
        _server.DownloadAsync((PathOf(id) + "/timeline").With(("format", format.Key())), destination, ct);

    /// <summary>Copies a file of a recognition to a stream.</summary>
    /// <param name="id">The recognition.</param>
    /// <param name="name">
    /// <c>result.json</c>, <c>processed_audio.wav</c>, <c>timeline.csv</c>, <c>embedding.npy</c> or <c>embedding_times.npy</c>.
    /// </param>
    /// <param name="destination">Receives the file; after an error it may have a part of it.</param>
    /// <param name="ct">Cancels the download.</param>
    public Task DownloadAsync(string id, string name, Stream destination, CancellationToken ct = default) =>
        _server.DownloadAsync($"{PathOf(id)}/files/{Uri.EscapeDataString(name)}", destination, ct);

    /// <summary>
    /// Sends all recordings of a folder and its subfolders as a batch and waits until it is done. While a person has paused the batch, the
    /// waiting goes on.
    /// </summary>
    /// <inheritdoc cref="RunBatchAsync(IEnumerable{BatchRecording}, BatchOptions, IProgress{BatchProgress}?, CancellationToken)"/>
    /// <param name="folder">The folder. Hidden files, and files without the name of a recording, are skipped.</param>
    /// <param name="options">What is asked. A <see cref="BatchOptions.Key"/> continues the batch that was not sent completely.</param>
    /// <param name="progress">Receives the progress after each change.</param>
    /// <param name="ct">Ends the sending and the waiting. The batch stays on the server; the same key continues it.</param>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    public async Task<Batch> RunBatchAsync(
        string folder, BatchOptions options, IProgress<BatchProgress>? progress = null, CancellationToken ct = default)
    {
        var system = await SystemAsync(ct).ConfigureAwait(false);
        return await RunBatchAsync(system, BatchFolder.Recordings(folder, system.Extensions), options, progress, ct).ConfigureAwait(false);
    }

    /// <summary>
    /// Sends recordings as a batch and waits until it is done. While a person has paused the batch, the waiting goes on.
    /// </summary>
    /// <param name="recordings">The recordings; they are read while they are sent.</param>
    /// <param name="options">
    /// What is asked. With the <see cref="BatchOptions.Key"/> of a batch that was not sent completely, only what is missing is sent.
    /// </param>
    /// <param name="progress">Receives the progress after each change.</param>
    /// <param name="ct">Ends the sending and the waiting. The batch stays on the server; the same key continues it.</param>
    /// <returns>The batch, done or cancelled.</returns>
    /// <exception cref="ServerException">
    /// The server refuses the batch or cannot be reached, or a recording cannot be read (<c>client.unreadable_file</c>): the same key
    /// continues the batch. Or a failure has paused it, which <see cref="Batch.Reason"/> names: resume it first
    /// (<see cref="BatchClient.ResumeAsync"/>).
    /// </exception>
    public async Task<Batch> RunBatchAsync(
        IEnumerable<BatchRecording> recordings, BatchOptions options, IProgress<BatchProgress>? progress = null,
        CancellationToken ct = default) =>
        await RunBatchAsync(await SystemAsync(ct).ConfigureAwait(false), recordings, options, progress, ct).ConfigureAwait(false);

    /// <summary>Closes the connections that this client has opened itself.</summary>
    public void Dispose() => _own?.Dispose();

    private static string PathOf(string id) => $"{Root}/{Uri.EscapeDataString(id)}";

    private Task<Batch> RunBatchAsync(
        ServerSystem system, IEnumerable<BatchRecording> recordings, BatchOptions options, IProgress<BatchProgress>? progress,
        CancellationToken ct) =>
        new BatchRun(Batches, _server.Options.Language, progress).RunAsync(recordings, options, system.Limits.MaxUploadBytes, ct);

    private Task<ServerSystem> SystemAsync(CancellationToken ct) =>
        _server.GetAsync("api/v1/system", ClientJsonContext.Default.ServerSystem, ct);

    private async Task<Recognition> RecognizeAsync(
        RecordingSource recording, RecognitionOptions? options, string? key, IProgress<Recognition>? progress, CancellationToken ct)
    {
        key ??= Guid.NewGuid().ToString();
        for (var starts = 1; ; starts++)
        {
            var started = await StartNamedAsync(recording, options, key, ct).ConfigureAwait(false);
            try
            {
                return await WaitAsync(started.Id, progress, ct).ConfigureAwait(false);
            }
            catch (ServerException e) when (e.Code == Interrupted && recording.IsRepeatable && starts < MostStarts)
            {
                // The server was stopped before the recognition was finished. With the same key, it recognizes the recording anew.
            }
            catch (OperationCanceledException)
            {
                await GiveUpAsync(started.Id).ConfigureAwait(false);
                throw;
            }
        }
    }

    /// <summary>
    /// Starts a recognition. If the caller cancels when the server may have the whole recording, the answer is awaited for a short time:
    /// it names the recognition, which must then be cancelled.
    /// </summary>
    private async Task<Recognition> StartNamedAsync(
        RecordingSource recording, RecognitionOptions? options, string key, CancellationToken ct)
    {
        var isEnding = false;
        using var stop = new CancellationTokenSource(Timeout.InfiniteTimeSpan, _server.Options.Time);
        using var cancelling = ct.Register(() =>
        {
            if (Volatile.Read(ref isEnding))
                stop.CancelAfter(Farewell);
            else
                stop.Cancel();
        });
        return await StartAsync(
            recording, options, key, null, stop.Token, () => Volatile.Write(ref isEnding, true)).ConfigureAwait(false);
    }

    private Task<Recognition> StartAsync(
        RecordingSource recording, RecognitionOptions? options, string? key, Uri? webhook, CancellationToken ct, Action? ending = null)
    {
        options ??= new();
        var path = Root.With(
            ("name", recording.Name), ("model", options.Model), ("granularity", options.Granularity.KeyUnlessDefault()),
            ("embedding", options.Embedding ? "true" : null), ("segments", options.Segments.KeyUnlessDefault()),
            ("silence", options.Silence.KeyUnlessDefault()), ("channels", options.Channels.KeyUnlessDefault()),
            ("roles", options.Roles.Count > 0 ? string.Join(',', options.Roles) : null), ("webhook", webhook?.AbsoluteUri));
        var request = new ServerRequest(HttpMethod.Post, path)
        {
            Content = () => new RecordingContent(recording, _server.Options.Language, ending),
            Key = key ?? Guid.NewGuid().ToString(),
            RespondsAsync = true,
            IsUpload = true,
            IsRepeatable = recording.IsRepeatable,
        };
        return _server.SendAsync(request, ClientJsonContext.Default.Recognition, ct);
    }

    /// <summary>Cancels a recognition that its caller has given up, if the server answers soon.</summary>
    private async Task GiveUpAsync(string id)
    {
        using var soon = new CancellationTokenSource(Farewell, _server.Options.Time);
        try
        {
            await CancelAsync(id, soon.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is ServerException or OperationCanceledException)
        {
        }
    }
}
