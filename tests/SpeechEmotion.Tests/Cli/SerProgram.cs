using System.Diagnostics;
using SpeechEmotion.Tests.Support;

namespace SpeechEmotion.Tests.Cli;

/// <summary>
/// The built program as distributed: compiled to machine code, with its libraries and the small model beside it.
/// Built once a test run, and only if a source is newer. Each class of tests has an instance of its own, and so its own store of
/// models: the classes run in parallel.
/// </summary>
public sealed class SerProgram : IDisposable
{
    private static readonly Lazy<string> Built = new(Build);

    private readonly TemporaryFolder _home = new();

    public SerProgram() => _ = Built.Value;

    /// <summary>The folder of the program and all its dependencies.</summary>
    public static string Folder { get; } = Path.Combine(Repository.Root, "artifacts", "ser");

    public static string Executable { get; } = Path.Combine(Folder, "ser");

    /// <summary>Runs the program in a folder and waits until it exits.</summary>
    internal ProgramRun Run(TemporaryFolder folder, params string[] arguments) => ProgramRun.Of(Prepare(folder, arguments));

    /// <summary>
    /// Prepares the program with its own environment, so that the models and the language of the user running the tests have no
    /// influence.
    /// </summary>
    internal ProcessStartInfo Prepare(TemporaryFolder folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(Executable, arguments) { WorkingDirectory = folder.Path };
        start.Environment.Clear();
        start.Environment["PATH"] = "/usr/bin:/bin";
        start.Environment["HOME"] = _home.Path;
        start.Environment["SER_HOME"] = _home.File("store");
        start.Environment["LANG"] = "C.UTF-8";
        return start;
    }

    public void Dispose() => _home.Dispose();

    private static string Build()
    {
        ProgramRun.Build(new ProcessStartInfo(Path.Combine(Repository.Root, "scripts", "build.sh"), [Folder]));
        return Executable;
    }
}
