using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace SpeechEmotion.Tests.Support;

/// <summary>What a program answered.</summary>
internal sealed record ProgramRun(int ExitCode, string Output, string Errors)
{
    /// <summary>Each line of standard output as JSON; fails where one is anything else.</summary>
    public JsonElement[] Lines => [.. Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line))];

    /// <summary>Runs a program to its end. What the product's command prints with <c>--json</c> is checked.</summary>
    /// <param name="start">What to run.</param>
    /// <param name="input">What it finds on its standard input.</param>
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
            // It ended without reading all of it, as it may.
        }
    }

    /// <summary>Runs a build, which must succeed. It leaves no server behind: one would hold on to the pipes.</summary>
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
