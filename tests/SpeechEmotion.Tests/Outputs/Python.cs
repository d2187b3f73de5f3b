using System.Diagnostics;
using Shouldly;
using Xunit;

namespace SpeechEmotion.Tests.Outputs;

/// <summary>Runs a script in Python, as our users do, to check how it reads our files.</summary>
internal static class Python
{
    private const string Program = "/usr/bin/python3";

    /// <summary>Returns the script's output. Skips the test if Python or the module is missing.</summary>
    public static string Run(string script, string[] arguments, string module = "json")
    {
        Assert.SkipWhen(!File.Exists(Program), $"{Program} is not installed.");
        Assert.SkipWhen(Start($"import {module}", []).ExitCode != 0, $"Python has no {module}.");
        var (exitCode, output) = Start(script, arguments);
        exitCode.ShouldBe(0, output);
        return output.TrimEnd();
    }

    private static (int ExitCode, string Output) Start(string script, string[] arguments)
    {
        var start = new ProcessStartInfo(Program, ["-c", script, .. arguments]) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output);
    }
}
