using System.Diagnostics;
using SpeechEmotion.Tests.Support;

namespace SpeechEmotion.Tests.Cli;

/// <summary>
/// The command as distributed. Each class of tests has an instance of its own, and so its own store of models: the classes run in
/// parallel.
/// </summary>
public sealed class SerProgram : IDisposable
{
    private readonly TemporaryFolder _home = new();

    /// <summary>The folder of the program and all its dependencies.</summary>
    public static string Folder => PublishedProgram.Folder;

    public static string Executable => PublishedProgram.Command;

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
}
