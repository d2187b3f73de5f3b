using System.Security.Authentication;
using System.Threading.Channels;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;
using SpeechEmotion.Server.Http;

namespace SpeechEmotion.Server.Broker;

/// <summary>Explains the exceptions of the broker's client.</summary>
internal static class BrokerFailure
{
    /// <summary>The class of AMQP 0-9-1 that declares queues.</summary>
    private const ushort QueueMethods = 50;

    /// <summary>Returns the error that an exception means.</summary>
    public static RequestException Of(Exception failure) => failure switch
    {
        RequestException known => known,
        AuthenticationFailureException => BrokerErrors.LoginRefused(failure),
        AuthenticationException => BrokerErrors.NoEncryption(failure),
        OperationInterruptedException { ShutdownReason: { } reason } => Of(failure, reason),
        BrokerUnreachableException { InnerException: { } cause } => Of(cause),
        // One for each node; a node that refuses explains more than one that is down.
        AggregateException { InnerExceptions: [_, ..] causes } =>
            causes.Select(Of).OrderBy(error => error.Code == BrokerErrors.UnreachableCode).First(),
        IOException { InnerException: AuthenticationException } => BrokerErrors.NoEncryption(failure),
        RabbitMQClientException or IOException or TimeoutException or System.Net.Sockets.SocketException or ChannelClosedException
            or ObjectDisposedException or OperationCanceledException => BrokerErrors.Unreachable(failure),
        _ => BrokerErrors.Refused($"{failure.GetType().Name}: {failure.Message}", failure),
    };

    private static RequestException Of(Exception failure, ShutdownEventArgs reason) => reason.ReplyCode switch
    {
        Constants.NotAllowed => BrokerErrors.NoVirtualHost(failure),
        Constants.AccessRefused => BrokerErrors.NoRights(failure),
        Constants.PreconditionFailed when reason.ClassId == QueueMethods => BrokerErrors.OtherQueues(failure),
        // The program itself, or the broker that stops, closed the connection; or the queue's node is down.
        Constants.ReplySuccess or Constants.ConnectionForced or Constants.NotFound or Constants.InternalError =>
            BrokerErrors.Unreachable(failure),
        _ => BrokerErrors.Refused(reason.ReplyText, failure),
    };
}
