using Microsoft.Extensions.DependencyInjection;
using SpeechEmotion.Errors;
using SpeechEmotion.Server.Storage;
using SpeechEmotion.Server.Storage.PostgreSql;

namespace SpeechEmotion.Server.Tests.Support;

/// <summary>A database whose connection breaks between a commit and its answer, as often as a test says.</summary>
internal sealed class UncertainDatabase(HistoryDatabase database) : HistoryDatabase
{
    /// <summary>Whether the answer to the next commit is lost.</summary>
    public bool LosesAnswer { get; set; }

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

    public override Task<T> ReadAsync<T>(Func<HistoryContext, Task<T>> read) => database.ReadAsync(read);

    public override async Task<T> WriteAsync<T>(Func<HistoryContext, Task<T>> write, CancellationToken ct = default)
    {
        var result = await database.WriteAsync(write, ct);
        if (!LosesAnswer)
            return result;
        LosesAnswer = false;
        throw PostgresErrors.Uncertain(new IOException("The connection broke."));
    }

    public override Task ProbeAsync(CancellationToken ct) => database.ProbeAsync(ct);

    internal override Task<long> NowAsync(HistoryContext context, CancellationToken ct) => database.NowAsync(context, ct);

    public override SpeechEmotionException? Explain(Exception failure) => database.Explain(failure);
}
