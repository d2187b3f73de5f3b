namespace SpeechEmotion.Server.Hosting;

/// <summary>A temporary folder for a program that keeps nothing. The next start deletes those of programs that crashed.</summary>
internal sealed class ScratchFolder : IDisposable
{
    private const string Prefix = "ser-worker-";

    private readonly FileStream _lock;

    /// <summary>Creates the folder.</summary>
    public ScratchFolder()
    {
        foreach (var left in Directory.EnumerateDirectories(System.IO.Path.GetTempPath(), Prefix + "*"))
            TryDelete(left);
        Path = Directory.CreateTempSubdirectory(Prefix).FullName;
        _lock = Lock(Path);
    }

    /// <summary>The path of the folder.</summary>
    public string Path { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        _lock.Dispose();
        TryDelete(Path);
    }

    private static FileStream Lock(string folder) =>
        new(System.IO.Path.Combine(folder, "used"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);

    /// <summary>Deletes a folder that no program uses. One that cannot be deleted only takes space.</summary>
    private static void TryDelete(string folder)
    {
        try
        {
            Lock(folder).Dispose();
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another program uses it.
        }
    }
}
