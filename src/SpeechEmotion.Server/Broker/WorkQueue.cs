namespace SpeechEmotion.Server.Broker;

/// <summary>The queues of an installation. The database contains all that they contain.</summary>
internal static class WorkQueue
{
    /// <summary>A ticket for each chunk that waits.</summary>
    public const string Chunks = "ser.chunks";

    /// <summary>Recordings on which programs crashed, for those who watch the broker.</summary>
    public const string Dead = "ser.dead";

    /// <summary>A queue that does not exist.</summary>
    public const string Probe = "ser.probe";

    /// <summary>
    /// Deliveries of a ticket that no program confirmed. The broker then drops the ticket, and the database gives a new one. RabbitMQ 4 has
    /// this limit by default, older versions have none.
    /// </summary>
    private const int MostDeliveries = 20;

    /// <summary>The oldest messages about dead work are dropped; the database keeps all.</summary>
    private const int MostDead = 10_000;

    /// <summary>The names of all queues.</summary>
    public static IReadOnlyList<string> All { get; } = [Chunks, Dead];

    /// <summary>The arguments with which a queue is declared: they must not change, because the broker refuses others.</summary>
    public static Dictionary<string, object?> ArgumentsOf(string queue)
    {
        var arguments = new Dictionary<string, object?> { ["x-queue-type"] = "quorum", ["x-delivery-limit"] = MostDeliveries };
        if (queue == Dead)
            arguments["x-max-length"] = MostDead;
        return arguments;
    }
}
