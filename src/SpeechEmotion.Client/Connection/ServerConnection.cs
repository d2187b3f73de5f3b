using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using SpeechEmotion.Client.Errors;
using SpeechEmotion.Client.Options;

namespace SpeechEmotion.Client.Connection;

/// <summary>Sends requests to a server, repeats those that found no server or a busy one, and reads the answers.</summary>
internal sealed class ServerConnection
{
    private const int Block = 64 * 1024;

    /// <summary>An answer without recordings or files takes no longer, or the connection is dead.</summary>
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(100);

    private readonly HttpClient _http;
    private readonly Uri _root;
    private readonly string? _apiKey;

    /// <summary>Creates the connection; it connects with the first request.</summary>
    /// <param name="http">Sends the requests.</param>
    /// <param name="server">The address of the server, with the path below which it is published.</param>
    /// <param name="apiKey">The key of the caller; null if the server requires none, or if <paramref name="http"/> sends it.</param>
    /// <param name="options">How the client behaves.</param>
    public ServerConnection(HttpClient http, Uri server, string? apiKey, ClientOptions options)
    {
        (_http, _apiKey, Options) = (http, apiKey, options);
        _root = server.AbsoluteUri.EndsWith('/') ? server : new(server.AbsoluteUri + "/");
    }

    /// <summary>How the client behaves.</summary>
    public ClientOptions Options { get; }

    /// <summary>Gets a resource.</summary>
    /// <exception cref="ServerException">The server refuses the request, or cannot be reached.</exception>
    public Task<T> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken ct) =>
        SendAsync(new(HttpMethod.Get, path), type, ct);

    /// <summary>Sends a request and reads its answer.</summary>
    /// <inheritdoc cref="GetAsync"/>
    public Task<T> SendAsync<T>(ServerRequest request, JsonTypeInfo<T> type, CancellationToken ct) =>
        RepeatAsync(request, new(Options), (response, stop) => ReadAsync(response, type, stop), ct);

    /// <summary>Deletes a resource. If a repeated request does not find it any more, an earlier one has deleted it.</summary>
    /// <inheritdoc cref="GetAsync"/>
    public async Task DeleteAsync(string path, CancellationToken ct)
    {
        var pauses = new Pauses(Options);
        try
        {
            await RepeatAsync(new(HttpMethod.Delete, path), pauses, (_, _) => Task.FromResult(true), ct).ConfigureAwait(false);
        }
        catch (ServerException e) when (e.Status == HttpStatusCode.NotFound && pauses.HasBegun)
        {
        }
    }

    /// <summary>Copies a file to a stream, block by block. It repeats the request only before the first block.</summary>
    /// <inheritdoc cref="GetAsync"/>
    public async Task DownloadAsync(string path, Stream destination, CancellationToken ct)
    {
        var request = new ServerRequest(HttpMethod.Get, path) { IsDownload = true };
        using var response = await RepeatAsync(request, new(Options), (response, _) => Task.FromResult(response), ct).ConfigureAwait(false);
        using var body = await response.Content.ReadAsStreamAsync(ct).ConfigureAwait(false);
        var block = new byte[Block];
        while (await ReadAsync(body, block, ct).ConfigureAwait(false) is > 0 and var read)
            await destination.WriteAsync(block.AsMemory(0, read), ct).ConfigureAwait(false);
    }

    /// <summary>Sends a request once and returns its successful response before its body; the caller disposes it.</summary>
    /// <inheritdoc cref="GetAsync"/>
    public async Task<HttpResponseMessage> OpenAsync(ServerRequest request, CancellationToken ct)
    {
        using var message = Message(request);
        var response = await _http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, ct).ConfigureAwait(false);
        if (response.IsSuccessStatusCode)
            return response;
        using (response)
            throw await Problem.ReadAsync(response, Options, ct).ConfigureAwait(false);
    }

    /// <summary>Returns whether an exception is a lost connection, or a limit that the caller did not set.</summary>
    public static bool IsLoss(Exception e, CancellationToken ct) =>
        e is HttpRequestException or IOException || (e is OperationCanceledException && !ct.IsCancellationRequested);

    private async Task<T> RepeatAsync<T>(
        ServerRequest request, Pauses pauses, Func<HttpResponseMessage, CancellationToken, Task<T>> read, CancellationToken ct)
    {
        while (true)
        {
            try
            {
                return await AttemptAsync(request, read, ct).ConfigureAwait(false);
            }
            catch (ServerException e) when (e.IsTemporary && request.IsRepeatable)
            {
                if (!await pauses.WaitAsync(e.RetryAfter, ct).ConfigureAwait(false))
                    throw;
            }
        }
    }

    private async Task<T> AttemptAsync<T>(
        ServerRequest request, Func<HttpResponseMessage, CancellationToken, Task<T>> read, CancellationToken ct)
    {
        var longest = request.IsUpload || request.IsDownload ? Timeout.InfiniteTimeSpan : LongestAnswer;
        using var limit = new CancellationTokenSource(longest, Options.Time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
        HttpResponseMessage? response = null;
        try
        {
            response = await OpenAsync(request, stop.Token).ConfigureAwait(false);
            var answer = await read(response, stop.Token).ConfigureAwait(false);
            // The response itself is the answer of a download, and stays open.
            if (ReferenceEquals(answer, response))
                response = null;
            return answer;
        }
        catch (Exception e) when (IsLoss(e, ct))
        {
            throw ConnectionErrors.Unreachable(Options.Language, _root, e);
        }
        finally
        {
            response?.Dispose();
        }
    }

    private async Task<T> ReadAsync<T>(HttpResponseMessage response, JsonTypeInfo<T> type, CancellationToken ct)
    {
        var address = response.RequestMessage?.RequestUri;
        try
        {
            return await response.Content.ReadFromJsonAsync(type, ct).ConfigureAwait(false)
                ?? throw ConnectionErrors.BadAnswer(Options.Language, address, null);
        }
        catch (JsonException e)
        {
            throw ConnectionErrors.BadAnswer(Options.Language, address, e);
        }
    }

    private async Task<int> ReadAsync(Stream body, byte[] block, CancellationToken ct)
    {
        try
        {
            return await body.ReadAsync(block, ct).ConfigureAwait(false);
        }
        catch (Exception e) when (IsLoss(e, ct))
        {
            throw ConnectionErrors.Unreachable(Options.Language, _root, e);
        }
    }

    private HttpRequestMessage Message(ServerRequest request)
    {
        var message = new HttpRequestMessage(request.Method, new Uri(_root, request.Path)) { Content = request.Content?.Invoke() };
        message.Headers.TryAddWithoutValidation("Accept-Language", Options.Language);
        if (_apiKey is not null)
            message.Headers.TryAddWithoutValidation("X-API-Key", _apiKey);
        if (request.Key is not null)
            message.Headers.TryAddWithoutValidation("Idempotency-Key", request.Key);
        if (request.RespondsAsync)
            message.Headers.TryAddWithoutValidation("Prefer", "respond-async");
        message.Headers.ExpectContinue = request.IsUpload;
        return message;
    }
}
