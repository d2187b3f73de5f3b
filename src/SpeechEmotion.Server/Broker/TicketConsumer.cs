using System.Threading.Channels;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace SpeechEmotion.Server.Broker;

/// <summary>
/// Receives tickets, one at a time and only during a wait: a ticket must not stay in a program that has work while others have
/// none.
/// </summary>
internal sealed class TicketConsumer : AsyncDefaultBasicConsumer
{
    private readonly Channel<Ticket> _arrived = System.Threading.Channels.Channel.CreateUnbounded<Ticket>();
    private readonly TimeProvider _time;
    private TaskCompletionSource _ended = new();

    private TicketConsumer(IChannel channel, TimeProvider time)
        : base(channel) => _time = time;

    /// <summary>Creates a consumer with a channel of its own, which does not receive yet.</summary>
    public static async Task<TicketConsumer> CreateAsync(IConnection connection, TimeProvider time)
    {
        var channel = await connection.CreateChannelAsync();
        await channel.BasicQosAsync(prefetchSize: 0, prefetchCount: 1, global: false);
        return new(channel, time);
    }

    /// <summary>Waits for a ticket, and removes it from the queue.</summary>
    /// <param name="patience">The longest wait.</param>
    /// <param name="ct">Ends the wait, but no exchange with the broker: its state would be unknown.</param>
    /// <returns>The name of the installation that wrote the ticket; null if none arrived in time.</returns>
    /// <exception cref="Exception">The connection is broken, or the queue was deleted.</exception>
    public async Task<string?> WaitAsync(TimeSpan patience, CancellationToken ct)
    {
        var subscription = await Channel.BasicConsumeAsync(
            WorkQueue.Chunks, autoAck: false, consumer: this, CancellationToken.None);
        await ArriveAsync(patience, ct);
        // Before the acknowledgement, after which the broker would send the next one.
        _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await Channel.BasicCancelAsync(subscription, cancellationToken: CancellationToken.None);
        // The client answers before it has handed over what came earlier.
        await _ended.Task.WaitAsync(Channel.ContinuationTimeout, _time, CancellationToken.None);
        if (!_arrived.Reader.TryRead(out var ticket))
            return null;
        await Channel.BasicAckAsync(ticket.Tag, multiple: false, CancellationToken.None);
        return ticket.Installation;
    }

    /// <inheritdoc/>
    public override Task HandleBasicDeliverAsync(
        string consumerTag, ulong deliveryTag, bool redelivered, string exchange, string routingKey, IReadOnlyBasicProperties properties,
        ReadOnlyMemory<byte> body, CancellationToken cancellationToken = default)
    {
        _arrived.Writer.TryWrite(new(deliveryTag, properties.AppId ?? ""));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override Task HandleBasicCancelOkAsync(string consumerTag, CancellationToken cancellationToken = default)
    {
        _ended.TrySetResult();
        return base.HandleBasicCancelOkAsync(consumerTag, cancellationToken);
    }

    /// <inheritdoc/>
    public override Task HandleBasicCancelAsync(string consumerTag, CancellationToken cancellationToken = default)
    {
        // The queue was deleted.
        _arrived.Writer.TryComplete();
        return base.HandleBasicCancelAsync(consumerTag, cancellationToken);
    }

    /// <inheritdoc/>
    public override Task HandleChannelShutdownAsync(object channel, ShutdownEventArgs reason)
    {
        _arrived.Writer.TryComplete();
        return base.HandleChannelShutdownAsync(channel, reason);
    }

    private async Task ArriveAsync(TimeSpan patience, CancellationToken ct)
    {
        using var limit = new CancellationTokenSource(patience, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
        try
        {
            if (!await _arrived.Reader.WaitToReadAsync(either.Token))
                throw new ChannelClosedException();
        }
        catch (OperationCanceledException)
        {
            // One may arrive until the subscription has ended.
        }
    }

    private readonly record struct Ticket(ulong Tag, string Installation);
}
