using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace SpeechEmotion.Tests.Support;

/// <summary>The exit code and output of a program.</summary>
internal sealed record ProgramRun(int ExitCode, string Output, string Errors)
{
    /// <summary>Each line of standard output as JSON; fails if a line is anything else.</summary>
    public JsonElement[] Lines => [.. Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line))];

    /// <summary>Runs a program until it exits. Checks the output of the product's command with <c>--json</c>.</summary>
    /// <param name="start">The program to run.</param>
    /// <param name="input">The program's standard input.</param>
    public static ProgramRun Of(ProcessStartInfo start, byte[]? input = null)
    {
        using var process = Start(start);
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        Feed(process.StandardInput.BaseStream, input);
        process.WaitForExit();
        var run = new ProgramRun(process.ExitCode, output.GetAwaiter().GetResult(), errors.GetAwaiter().GetResult());
        CommandContract.Check(start.ArgumentList, run.ExitCode, run.Output);
        return run;
    }

    private static void Feed(Stream stream, ReadOnlySpan<byte> input)
    {
        try
        {
            stream.Write(input);
            stream.Close();
        }
        catch (IOException)
        {
            // A program may exit without reading all of its input.
        }
    }

    /// <summary>Runs a build, which must succeed. It starts no build server, which would keep the pipes open.</summary>
    public static void Build(ProcessStartInfo start)
    {
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["UseSharedCompilation"] = "false";
        var run = Of(start);
        if (run.ExitCode != 0)
            throw new InvalidOperationException($"{start.FileName} {string.Join(' ', start.ArgumentList)}: {run.Output}{run.Errors}");
    }

    /// <summary>Starts a program with pipes on all sides.</summary>
    public static Process Start(ProcessStartInfo start)
    {
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        start.StandardOutputEncoding = start.StandardErrorEncoding = Encoding.UTF8;
        return Process.Start(start)!;
    }
}
