using System.Diagnostics;

namespace SpeechEmotion.Tests.Support;

/// <summary>
/// The built program as distributed: compiled to machine code, with its libraries and the small model beside it.
/// Built once a test run, and only if a source is newer.
/// </summary>
internal static class PublishedProgram
{
    private static readonly Lazy<string> Built = new(Build);

    /// <summary>The folder of the program and all its dependencies.</summary>
    public static string Folder => Built.Value;

    /// <summary>The command.</summary>
    public static string Command => Path.Combine(Folder, "ser");

    /// <summary>The server, which also processes batches.</summary>
    public static string Server => Path.Combine(Folder, "ser-server");

    private static string Build()
    {
        var folder = Path.Combine(Repository.Root, "artifacts", "ser");
        ProgramRun.Build(new ProcessStartInfo(Path.Combine(Repository.Root, "scripts", "build.sh"), [folder]));
        return folder;
    }
}
