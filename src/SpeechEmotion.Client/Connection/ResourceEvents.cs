using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using SpeechEmotion.Client.Errors;

namespace SpeechEmotion.Client.Connection;

/// <summary>
/// Follows a resource by its server-sent events. Whenever these end early or are silent, it asks for the resource itself, so that a
/// restart of the server, or a proxy that holds events back, delays the progress but does not hide it.
/// </summary>
internal static class ResourceEvents
{
    /// <summary>A stream that is silent for longer is opened again: the connection may be dead.</summary>
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(30);

    /// <summary>Waits until a resource has reached a final state.</summary>
    /// <param name="connection">The server.</param>
    /// <param name="path">The resource; its events are at <c>events</c> below it.</param>
    /// <param name="type">Reads the resource.</param>
    /// <param name="isFinal">Whether the resource changes no more.</param>
    /// <param name="seen">Receives each state, also the final one.</param>
    /// <param name="ct">Ends the waiting; the resource is not affected.</param>
    /// <returns>The resource in its final state.</returns>
    /// <exception cref="ServerException">The resource does not exist any more, or the server cannot be reached.</exception>
    public static async Task<T> FollowAsync<T>(
        this ServerConnection connection, string path, JsonTypeInfo<T> type, Predicate<T> isFinal, Action<T> seen, CancellationToken ct)
    {
        var pauses = new Pauses(connection.Options);
        while (true)
        {
            await foreach (var now in ListenAsync(connection, path + "/events", type, ct).ConfigureAwait(false))
            {
                pauses = new(connection.Options);
                seen(now);
                if (isFinal(now))
                    return now;
            }
            await pauses.WaitAsync(ct).ConfigureAwait(false);
            var state = await connection.GetAsync(path, type, ct).ConfigureAwait(false);
            seen(state);
            if (isFinal(state))
                return state;
        }
    }

    private static async IAsyncEnumerable<T> ListenAsync<T>(
        ServerConnection connection, string path, JsonTypeInfo<T> type, [EnumeratorCancellation] CancellationToken ct)
    {
        using var silence = new CancellationTokenSource(LongestSilence, connection.Options.Time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct, silence.Token);
        var events = EventsAsync(connection, path, type, stop.Token).GetAsyncEnumerator(CancellationToken.None);
        await using var end = events.ConfigureAwait(false);
        while (await NextAsync(events, ct).ConfigureAwait(false))
        {
            yield return events.Current;
            silence.CancelAfter(LongestSilence);
        }
    }

    private static async IAsyncEnumerable<T> EventsAsync<T>(
        ServerConnection connection, string path, JsonTypeInfo<T> type, [EnumeratorCancellation] CancellationToken ct)
    {
        using var response = await connection.OpenAsync(new(HttpMethod.Get, path), ct).ConfigureAwait(false);
        using var body = await response.Content.ReadAsStreamAsync(ct).ConfigureAwait(false);
        var parser = SseParser.Create(body, (_, data) => JsonSerializer.Deserialize(data, type));
        await foreach (var now in parser.EnumerateAsync(ct).ConfigureAwait(false))
        {
            if (now.Data is { } resource)
                yield return resource;
        }
    }

    /// <summary>Moves to the next event; returns false if there is none for now.</summary>
    private static async Task<bool> NextAsync<T>(IAsyncEnumerator<T> events, CancellationToken ct)
    {
        try
        {
            return await events.MoveNextAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (e is ServerException { IsTemporary: true } or JsonException || ServerConnection.IsLoss(e, ct))
        {
            return false;
        }
    }
}
