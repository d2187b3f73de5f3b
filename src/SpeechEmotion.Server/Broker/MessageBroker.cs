using System.Text.Json;
using Microsoft.Extensions.Options;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Logging;
using SpeechEmotion.Server.Settings;
using SpeechEmotion.Server.Storage;

namespace SpeechEmotion.Server.Broker;

/// <summary>
/// RabbitMQ, which wakes programs when chunks wait. A message is a ticket: the program that receives it takes the best chunk from the
/// database, whose leases give each chunk to one program. So a message can be lost, doubled or late without harm. While the broker cannot
/// be used, the programs look for chunks in the database.
/// </summary>
public sealed class MessageBroker(
    IOptions<ServerOptions> options, InstallationCheck installation, TimeProvider time, ILogger<MessageBroker> logger) : BackgroundService
{
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(2);

    /// <summary>The same if the operator must act: a broker whose disk is full permits connections, but no messages.</summary>
    private static readonly TimeSpan LongPause = TimeSpan.FromMinutes(1);

    private readonly BrokerAddress? _address =
        options.Value.Broker is { } name && BrokerAddress.TryParse(name, out var address) ? address : null;

    private volatile BrokerLink? _link;
    private volatile RequestException? _failure;
    private bool _isForeignReported;

    /// <summary>Whether the installation has a broker.</summary>
    public bool IsGiven => _address is not null;

    /// <summary>Whether the broker can be used now.</summary>
    public bool IsUsable => _link is not null;

    /// <summary>Why it cannot be used now; null if it can, or the installation has none.</summary>
    public RequestException? Failure => IsUsable ? null : _failure;

    /// <summary>The connection; null while there is none.</summary>
    internal BrokerLink? Link => _link;

    /// <summary>The name of the installation.</summary>
    internal string Installation => installation.Name ?? "";

    /// <summary>Connects before the program takes work. If the broker does not answer, the program starts and works without it.</summary>
    /// <exception cref="RequestException">The settings are wrong; the code starts with <c>broker.</c>.</exception>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (_address is not { } address)
            return;
        try
        {
            _link = await BrokerLink.ConnectAsync(address, time, cancellationToken);
        }
        catch (RequestException failure) when (failure.Code == BrokerErrors.UnreachableCode)
        {
            _failure = failure;
            Log.BrokerLost(logger, address.Name, failure.Message, failure.Code);
        }
        catch (RequestException failure)
        {
            throw BrokerErrors.At(address.Name, failure);
        }
        await base.StartAsync(cancellationToken);
    }

    /// <summary>Waits for a ticket. One caller may wait at a time.</summary>
    /// <param name="patience">The longest wait.</param>
    /// <param name="ct">Cancels the wait.</param>
    /// <returns>False if none arrived in time, the wait was cancelled, or the broker cannot be used.</returns>
    internal async Task<bool> WaitAsync(TimeSpan patience, CancellationToken ct)
    {
        try
        {
            if (_link is not { } link || await link.WaitAsync(patience, ct) is not { } writer)
                return false;
            if (writer != Installation && !_isForeignReported)
            {
                Log.ForeignTickets(logger, _address!.Name);
                _isForeignReported = true;
            }
            return true;
        }
        catch (RequestException)
        {
            // The loop below reports it.
            return false;
        }
    }

    /// <summary>Reports a recording on which programs crashed to those who watch the broker. The database has it already.</summary>
    internal async Task ReportAsync(DeadWork work, CancellationToken ct)
    {
        try
        {
            if (_link is { } link)
            {
                var body = JsonSerializer.SerializeToUtf8Bytes(work, BrokerJsonContext.Default.DeadWork);
                await link.WriteAsync(WorkQueue.Dead, Installation, body, 1, ct);
            }
        }
        catch (RequestException)
        {
            // As above.
        }
    }

    /// <summary>Counts the tickets that no program has.</summary>
    /// <returns>Null if the broker cannot be used, or the installation has none.</returns>
    internal async Task<int?> CountTicketsAsync(CancellationToken ct)
    {
        try
        {
            return _link is { } link ? (int)await link.CountAsync(WorkQueue.Chunks, ct) : null;
        }
        catch (RequestException)
        {
            // As above.
            return null;
        }
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await CloseAsync();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var address = _address!;
        var reported = BrokerErrors.UnreachableCode;
        try
        {
            while (true)
            {
                if (_link is { } link)
                {
                    var reason = await link.Broken.WaitAsync(stoppingToken);
                    _failure = reason;
                    await CloseAsync();
                    Log.BrokerLost(logger, address.Name, reason.Message, reason.Code);
                    reported = reason.Code;
                }
                _link = await ReconnectAsync(address, reported, stoppingToken);
                Log.BrokerFound(logger, address.Name);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The program stops.
        }
    }

    private async Task<BrokerLink> ReconnectAsync(BrokerAddress address, string reported, CancellationToken ct)
    {
        while (true)
        {
            var pause = reported == BrokerErrors.UnreachableCode ? RetryPause : LongPause;
            // Not all programs at the same moment.
            await Task.Delay(pause * (0.5 + Random.Shared.NextDouble()), time, ct);
            try
            {
                return await BrokerLink.ConnectAsync(address, time, ct);
            }
            catch (RequestException reason)
            {
                if (reason.Code != reported)
                    Log.BrokerLost(logger, address.Name, reason.Message, reason.Code);
                (_failure, reported) = (reason, reason.Code);
            }
        }
    }

    private async Task CloseAsync()
    {
        var link = _link;
        _link = null;
        if (link is not null)
            await link.DisposeAsync();
    }
}
