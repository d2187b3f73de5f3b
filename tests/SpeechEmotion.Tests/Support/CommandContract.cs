namespace SpeechEmotion.Tests.Support;

/// <summary>Checks the <c>--json</c> output of the command: each line against the schema of its subcommand.</summary>
internal static class CommandContract
{
    private const int WrongUsage = 2;

    private static readonly Dictionary<string, Contract> Commands = new()
    {
        ["batch"] = Contract.BatchEvent,
        ["recognize"] = Contract.RecognitionLine,
        ["live"] = Contract.LiveLine,
        ["verify"] = Contract.Verification,
    };

    /// <param name="arguments">The arguments of the command, or of another program that starts it.</param>
    /// <param name="exitCode">The exit code; after wrong usage the output is help instead of JSON.</param>
    /// <param name="output">The complete standard output.</param>
    /// <exception cref="ContractException">A line violates the schema.</exception>
    public static void Check(IReadOnlyCollection<string> arguments, int exitCode, string output)
    {
        if (exitCode == WrongUsage || !arguments.Contains("--json") || arguments.FirstOrDefault(Commands.ContainsKey) is not { } command)
            return;
        foreach (var line in output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            Commands[command].ShouldAccept(line, $"A line of ser {string.Join(' ', arguments)}");
    }
}
