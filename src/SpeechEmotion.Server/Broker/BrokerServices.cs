namespace SpeechEmotion.Server.Broker;

/// <summary>Registers the broker.</summary>
internal static class BrokerServices
{
    public static IServiceCollection AddBroker(this IServiceCollection services) => services.AddSingleton<MessageBroker>();

    /// <summary>Connects the program with the broker. It starts after the database was opened.</summary>
    public static IServiceCollection AddTickets(this IServiceCollection services) => services
        .AddHostedService(provider => provider.GetRequiredService<MessageBroker>()).AddHostedService<TicketWriter>();
}
