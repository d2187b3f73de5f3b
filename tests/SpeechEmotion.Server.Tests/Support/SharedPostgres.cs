using SpeechEmotion.Server.Storage.PostgreSql;
using SpeechEmotion.Server.Tests.Support;
using Xunit;

[assembly: AssemblyFixture(typeof(SharedPostgres))]

namespace SpeechEmotion.Server.Tests.Support;

/// <summary>One server for all tests that do not disturb it, with a database for each.</summary>
public sealed class SharedPostgres : IAsyncDisposable
{
    // Tests that are killed leave their data; nothing needs it to survive a power failure.
    private static readonly Lazy<PostgresServer> Started =
        new(() => PostgresServer.Start("fsync = off", "synchronous_commit = off", "full_page_writes = off"));

    private static readonly Lazy<Task<string>> Template = new(CreateTemplateAsync);

    internal static PostgresServer Server => Started.Value;

    /// <summary>Creates a database with the schema of the product, in a fraction of the time that its migrations take.</summary>
    /// <returns>Its address.</returns>
    internal static async Task<string> CreateAsync() => await Server.CreateAsync(await Template.Value);

    public async ValueTask DisposeAsync()
    {
        if (Started.IsValueCreated)
            await Started.Value.DisposeAsync();
    }

    private static async Task<string> CreateTemplateAsync()
    {
        var address = await Server.CreateAsync();
        PostgresAddress.TryParse(address + "?pooling=false", out var parsed);
        using var database = new PostgresDatabase(parsed!, TimeProvider.System);
        await database.OpenAsync(TestContext.Current.CancellationToken);
        return address.Split('/')[^1];
    }
}
