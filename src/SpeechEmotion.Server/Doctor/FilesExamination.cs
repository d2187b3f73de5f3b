using Microsoft.Extensions.Logging.Abstractions;
using SpeechEmotion.Errors;
using SpeechEmotion.Outputs;
using SpeechEmotion.Server.Files;
using SpeechEmotion.Server.Hosting;
using SpeechEmotion.Server.Settings;
using SpeechEmotion.Server.Storage;
using SpeechEmotion.Server.Storage.PostgreSql;

namespace SpeechEmotion.Server.Doctor;

/// <summary>Examines the place of results and recordings: a small file is written there and deleted.</summary>
internal static class FilesExamination
{
    private const string Subject = "files";

    /// <param name="options">The settings, with <c>--files</c>.</param>
    /// <param name="address">The database that must belong to the files; null if it cannot be used.</param>
    /// <param name="hasTables">Whether that database has tables.</param>
    /// <param name="time">The clock.</param>
    public static async Task<Finding> RunAsync(ServerOptions options, PostgresAddress? address, bool hasTables, TimeProvider time)
    {
        try
        {
            using var scratch = new ScratchFolder();
            if (!BucketAddress.IsOne(options.Files))
                WriteInFolder(Path.GetFullPath(options.Files!));
            using var folder = new ServerFolder(
                Microsoft.Extensions.Options.Options.Create(
                    new ServerOptions { Database = options.Database, Files = options.Files, Output = scratch.Path }),
                isWorker: true);
            var files = FileServices.Open(folder, time, NullLogger<BucketFiles>.Instance);
            using var connection = files as IDisposable;
            await files.ProbeAsync(CancellationToken.None);
            return await CompareAsync(folder, files, address, hasTables, time);
        }
        catch (SpeechEmotionException failure)
        {
            return Finding.Failed(Subject, failure);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return Finding.Failed(Subject, OutputErrors.Of(failure, Path.GetTempPath()));
        }
    }

    /// <summary>Checks that the files belong to the database.</summary>
    private static async Task<Finding> CompareAsync(
        ServerFolder folder, IFileStore files, PostgresAddress? address, bool hasTables, TimeProvider time)
    {
        var place = $"{folder.ResultsPlace}: can be written";
        if (address is null)
            return Finding.Ok(Subject, place);
        using var database = new PostgresDatabase(address, time);
        var installation = new InstallationCheck(database, folder, files, time);
        try
        {
            return await installation.IsNewAsync(hasTables, CancellationToken.None)
                ? Finding.Ok(Subject, $"{place}; the first server connects them with the database")
                : Finding.Ok(Subject, $"{place}, and belong to the database");
        }
        catch (SpeechEmotionException failure)
        {
            return Finding.Failed(Subject, failure);
        }
    }

    private static void WriteInFolder(string folder)
    {
        var probe = Path.Combine(folder, $".ser-doctor-{Guid.NewGuid():N}");
        try
        {
            File.WriteAllText(probe, "");
            File.Delete(probe);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw OutputErrors.Of(failure, folder);
        }
    }
}
