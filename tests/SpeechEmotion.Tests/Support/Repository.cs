namespace SpeechEmotion.Tests.Support;

/// <summary>Where the tests' data lie: in the repository, and in the larger data folder beside it where there is one.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>The larger data folder (all golden cases, real speech); null in a clone without it.</summary>
    public static string? Shared { get; } =
        Directory.Exists(Path.Combine(Root, "..", "shared")) ? Path.GetFullPath(Path.Combine(Root, "..", "shared")) : null;

    /// <summary>All fifty golden cases of emotion2vec where they are at hand, else the subset that the repository carries.</summary>
    public static string Emotion2vecGolden { get; } =
        Shared is null ? Golden("emotion2vec") : Path.Combine(Shared, "emotion2vec", "golden");

    /// <summary>A folder of golden data that the repository carries, so that it is always there.</summary>
    public static string Golden(string name) => Path.Combine(Root, "tests", "golden", name);

    /// <summary>The build that runs: Release or Debug.</summary>
    public static string Configuration { get; } = Path.GetFileName(Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)))!;

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
