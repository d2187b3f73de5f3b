using System.Collections.Concurrent;
using SpeechEmotion.Server.Settings;
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

    private static readonly ConcurrentDictionary<string, Task<string>> Databases = [];

    internal static PostgresServer Server => Started.Value;

    /// <summary>Creates a database with the schema of the product, in a fraction of the time that its migrations take.</summary>
    /// <returns>Its address.</returns>
    internal static async Task<string> CreateAsync() => await Server.CreateAsync(await Template.Value);

    /// <summary>
    /// Returns the database of a server's output folder if all servers of the tests are to use PostgreSQL, which an environment variable
    /// says; else null.
    /// </summary>
    internal static async Task<string?> OfAsync(string output) =>
        Environment.GetEnvironmentVariable("SER_TEST_DATABASE") == "postgresql"
            ? await Databases.GetOrAdd(output, _ => CreateAsync())
            : null;

    public async ValueTask DisposeAsync()
    {
        if (Started.IsValueCreated)
            await Started.Value.DisposeAsync();
    }

    private static async Task<string> CreateTemplateAsync()
    {
        var address = await Server.CreateAsync();
        using var database = PostgresAddress.TryParse(address, out var parsed)
            ? new PostgresDatabase(parsed, TimeProvider.System)
            : throw new InvalidOperationException(address);
        await database.OpenAsync(TestContext.Current.CancellationToken);
        return address.Split('/')[^1];
    }
}
