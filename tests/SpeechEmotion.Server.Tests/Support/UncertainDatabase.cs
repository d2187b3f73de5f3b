using Microsoft.Extensions.DependencyInjection;
using SpeechEmotion.Server.Storage;
using SpeechEmotion.Server.Storage.Batches;
using SpeechEmotion.Server.Storage.PostgreSql;

namespace SpeechEmotion.Server.Tests.Support;

/// <summary>A database whose connection breaks between a commit and its answer, as often as a test says.</summary>
internal sealed class UncertainDatabase(HistoryDatabase database) : HistoryDatabase
{
    /// <summary>Whether the answer to the next commit of a recognition or batch is lost.</summary>
    public bool LosesAnswer { get; set; }

    /// <summary>Whether the database answers nothing after that.</summary>
    public bool GoesDown { get; set; }

    /// <summary>Whether it answers nothing now.</summary>
    public bool IsDown { get; set; }

    public override bool IsShared => database.IsShared;

    /// <summary>Puts itself before the database of a server.</summary>
    public static void Use(IServiceCollection services)
    {
        var own = services.Last(service => service.ServiceType == typeof(HistoryDatabase));
        services.AddSingleton<HistoryDatabase>(
            provider => new UncertainDatabase((HistoryDatabase)own.ImplementationFactory!(provider)));
    }

    public override Task OpenAsync(CancellationToken ct) => database.OpenAsync(ct);

    public override HistoryContext CreateContext() => database.CreateContext();

    public override Task<T> ReadAsync<T>(Func<HistoryContext, Task<T>> read) =>
        IsDown ? throw PostgresErrors.Unreachable(new IOException("The server is down.")) : database.ReadAsync(read);

    public override async Task<T> WriteAsync<T>(Func<HistoryContext, Task<T>> write, CancellationToken ct = default)
    {
        var isRequest = false;
        var result = await database.WriteAsync(
            async context =>
            {
                var written = await write(context);
                // What the engine changes in the background has no tracked entities.
                isRequest = context.ChangeTracker.Entries().Any(entry => entry.Entity is HistoryEntry or BatchEntry);
                return written;
            },
            ct);
        if (!LosesAnswer || !isRequest)
            return result;
        (LosesAnswer, IsDown) = (false, GoesDown);
        throw PostgresErrors.Uncertain(new IOException("The connection broke."));
    }

    public override Task ProbeAsync(CancellationToken ct) => database.ProbeAsync(ct);

    internal override Task<long> NowAsync(HistoryContext context, CancellationToken ct) => database.NowAsync(context, ct);
}
