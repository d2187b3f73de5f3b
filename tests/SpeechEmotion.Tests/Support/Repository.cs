namespace SpeechEmotion.Tests.Support;

/// <summary>The locations of the tests' data: in the repository, and in the larger data folder beside it if that exists.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>The larger data folder (all golden cases, real speech); null in a clone without it.</summary>
    public static string? Shared { get; } =
        Directory.Exists(Path.Combine(Root, "..", "shared")) ? Path.GetFullPath(Path.Combine(Root, "..", "shared")) : null;

    /// <summary>All fifty golden cases of emotion2vec if available, else the subset in the repository.</summary>
    public static string Emotion2vecGolden { get; } =
        Shared is null ? Golden("emotion2vec") : Path.Combine(Shared, "emotion2vec", "golden");

    /// <summary>Returns a folder of golden data in the repository, which always exists.</summary>
    public static string Golden(string name) => Path.Combine(Root, "tests", "golden", name);

    /// <summary>The build that runs: Release or Debug.</summary>
    public static string Configuration { get; } =
        Path.GetFileName(Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)))!;

    private static string FindRoot()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            if (File.Exists(Path.Combine(directory.FullName, "SpeechEmotion.slnx")))
                return directory.FullName;
        }
        throw new InvalidOperationException("The tests run from inside the repository.");
    }
}
