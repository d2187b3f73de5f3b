namespace SpeechEmotion.Tests.Support;

/// <summary>Checks what the command prints with <c>--json</c>: each line against the schema of its command.</summary>
internal static class CommandContract
{
    private const int WrongUsage = 2;

    private static readonly Dictionary<string, Contract> Commands = new()
    {
        ["recognize"] = Contract.RecognitionLine,
        ["live"] = Contract.LiveLine,
        ["verify"] = Contract.Verification,
    };

    /// <param name="arguments">Of the command, or of another program that starts it.</param>
    /// <param name="exitCode">After wrong usage there is help instead of JSON.</param>
    /// <param name="output">All that it printed on standard output.</param>
    /// <exception cref="ContractException">A line violates the schema.</exception>
    public static void Check(IReadOnlyCollection<string> arguments, int exitCode, string output)
    {
        if (exitCode == WrongUsage || !arguments.Contains("--json") || arguments.FirstOrDefault(Commands.ContainsKey) is not { } command)
            return;
        foreach (var line in output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            Commands[command].ShouldAccept(line, $"A line of ser {string.Join(' ', arguments)}");
    }
}
