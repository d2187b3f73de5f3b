using System.Text;
using RabbitMQ.Client;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Settings;

namespace SpeechEmotion.Server.Broker;

/// <summary>A connection to the broker, until it breaks. The program then opens another one.</summary>
/// <remarks>
/// All methods may throw a <see cref="RequestException"/> with a code that starts with <c>broker.</c>; the link is broken then.
/// </remarks>
internal sealed class BrokerLink : IAsyncDisposable
{
    /// <summary>The oldest version that the tests use.</summary>
    private static readonly Version OldestVersion = new(3, 10);

    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan CloseLimit = TimeSpan.FromSeconds(2);

    /// <summary>Two missed ones show that the network is cut.</summary>
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(10);

    /// <summary>Messages that the broker has not confirmed yet; from 64 on, the client delays further ones.</summary>
    private const int MostUnconfirmed = 50;

    private readonly TaskCompletionSource<RequestException> _broken = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly IConnection _connection;
    private readonly IChannel _channel;
    private readonly TimeProvider _time;
    private TicketConsumer? _consumer;
    private volatile bool _isBlocked;

    private BrokerLink(IConnection connection, IChannel channel, TimeProvider time)
    {
        (_connection, _channel, _time) = (connection, channel, time);
        _connection.ConnectionShutdownAsync += (_, reason) =>
        {
            _broken.TrySetResult(BrokerErrors.Unreachable(reason.Exception));
            return Task.CompletedTask;
        };
        _connection.ConnectionBlockedAsync += (_, _) =>
        {
            _isBlocked = true;
            return Task.CompletedTask;
        };
        _connection.ConnectionUnblockedAsync += (_, _) =>
        {
            _isBlocked = false;
            return Task.CompletedTask;
        };
    }

    /// <summary>Version of the broker.</summary>
    public string ServerVersion => VersionOf(_connection);

    /// <summary>Completes with the reason when the link is broken.</summary>
    public Task<RequestException> Broken => _broken.Task;

    /// <summary>Connects to one of the nodes, and creates the queues.</summary>
    public static async Task<BrokerLink> ConnectAsync(BrokerAddress address, TimeProvider time, CancellationToken ct)
    {
        var factory = new ConnectionFactory
        {
            UserName = address.User,
            Password = address.Password,
            VirtualHost = address.VirtualHost,
            ClientProvidedName = $"SpeechEmotion {Environment.MachineName} {Environment.ProcessId}",
            RequestedHeartbeat = Heartbeat,
            RequestedConnectionTimeout = ConnectLimit,
            HandshakeContinuationTimeout = AnswerLimit,
            ContinuationTimeout = AnswerLimit,
            // A new link is simpler than a repaired one, which would bring back consumers that wait no more.
            AutomaticRecoveryEnabled = false,
            TopologyRecoveryEnabled = false,
        };
        var nodes = address.Hosts.Select(node => new AmqpTcpEndpoint(
            node.Host, node.Port, new SslOption(node.Host, enabled: address.IsEncrypted)));
        IConnection? connection = null;
        try
        {
            connection = await factory.CreateConnectionAsync(nodes, ct);
            RequireVersion(connection);
            var channel = await connection.CreateChannelAsync(
                new(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), ct);
            foreach (var queue in WorkQueue.All)
            {
                await channel.QueueDeclareAsync(
                    queue, durable: true, exclusive: false, autoDelete: false, WorkQueue.ArgumentsOf(queue), cancellationToken: ct);
            }
            // Shows whether the user may write. The queue does not exist, so the broker drops the message.
            await channel.BasicPublishAsync("", WorkQueue.Probe, ReadOnlyMemory<byte>.Empty, ct);
            return new(connection, channel, time);
        }
        catch (Exception failure)
        {
            if (connection is not null)
                await CloseAsync(connection, time);
            ct.ThrowIfCancellationRequested();
            throw BrokerFailure.Of(failure);
        }
    }

    /// <summary>Returns the number of messages in a queue that no program has.</summary>
    public Task<uint> CountAsync(string queue, CancellationToken ct) =>
        UseAsync(limited => _channel.MessageCountAsync(queue, limited), ct);

    /// <summary>Removes all messages from a queue that no program has.</summary>
    public Task PurgeAsync(string queue, CancellationToken ct) => UseAsync(limited => _channel.QueuePurgeAsync(queue, limited), ct);

    /// <summary>Adds equal messages to a queue; when the call returns, most of its nodes have them.</summary>
    /// <param name="queue">The queue.</param>
    /// <param name="installation">The installation to which they belong.</param>
    /// <param name="body">Their JSON text; empty for tickets.</param>
    /// <param name="count">How many.</param>
    /// <param name="ct">Cancels the operation.</param>
    public async Task WriteAsync(string queue, string installation, ReadOnlyMemory<byte> body, int count, CancellationToken ct)
    {
        var properties = new BasicProperties { AppId = installation, Persistent = true, ContentType = "application/json" };
        foreach (var group in Enumerable.Range(0, count).Chunk(MostUnconfirmed))
        {
            await UseAsync(
                async limited =>
                {
                    await Task.WhenAll(group.Select(
                        _ => _channel.BasicPublishAsync("", queue, mandatory: true, properties, body, limited).AsTask()));
                    return true;
                },
                ct);
        }
    }

    /// <summary>Waits for a ticket, and removes it from the queue. One caller may wait at a time.</summary>
    /// <returns>The name of the installation that wrote it; null if none arrived in time, or the wait was cancelled.</returns>
    public async Task<string?> WaitAsync(TimeSpan patience, CancellationToken ct)
    {
        try
        {
            _consumer ??= await TicketConsumer.CreateAsync(_connection, _time);
            return await _consumer.WaitAsync(patience, ct);
        }
        catch (Exception failure)
        {
            throw Break(failure);
        }
    }

    /// <summary>Closes the connection; tickets that this program has received and not confirmed return to their queues.</summary>
    public ValueTask DisposeAsync() => CloseAsync(_connection, _time);

    private static async ValueTask CloseAsync(IConnection connection, TimeProvider time) =>
        // A broker that hangs must not delay the stop of the program.
        await connection.DisposeAsync().AsTask().WaitAsync(CloseLimit, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    /// <summary>Uses the channel within the limit of time: a broker that lacks memory or disk space lets publishers wait forever.</summary>
    private async Task<T> UseAsync<T>(Func<CancellationToken, Task<T>> use, CancellationToken ct)
    {
        using var limit = new CancellationTokenSource(AnswerLimit, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
        try
        {
            // The client does not end an exchange that it has begun.
            return await use(either.Token).WaitAsync(either.Token);
        }
        catch (Exception failure) when (!ct.IsCancellationRequested)
        {
            throw Break(failure);
        }
    }

    private RequestException Break(Exception failure)
    {
        var reason = _isBlocked ? BrokerErrors.Full(failure) : BrokerFailure.Of(failure);
        _broken.TrySetResult(reason);
        return reason;
    }

    private static void RequireVersion(IConnection connection)
    {
        var version = VersionOf(connection);
        if (!Version.TryParse(version.Split('-', '+')[0], out var parsed) || parsed < OldestVersion)
            throw BrokerErrors.TooOld(version);
    }

    private static string VersionOf(IConnection connection) =>
        connection.ServerProperties?.TryGetValue("version", out var value) == true && value is byte[] text
            ? Encoding.UTF8.GetString(text)
            : "";
}
