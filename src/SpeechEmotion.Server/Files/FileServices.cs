using SpeechEmotion.Server.Hosting;

namespace SpeechEmotion.Server.Files;

/// <summary>Registers the store of results and recordings.</summary>
internal static class FileServices
{
    public static IServiceCollection AddFiles(this IServiceCollection services) => services.AddSingleton(provider => Open(
        provider.GetRequiredService<ServerFolder>(), provider.GetRequiredService<TimeProvider>(),
        provider.GetRequiredService<ILogger<BucketFiles>>()));

    /// <summary>Returns the store of a folder.</summary>
    public static IFileStore Open(ServerFolder folder, TimeProvider time, ILogger<BucketFiles> logger) =>
        folder.Bucket is { } bucket ? new BucketFiles(folder, bucket, time, logger) : new LocalFiles();
}
