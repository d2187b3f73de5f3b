using System.CommandLine;

namespace SpeechEmotion.Cli;

/// <summary><c>ser serve</c>: starts the server program in the same folder.</summary>
internal static class ServeCommand
{
    /// <summary>Creates the command for the help text; the server parses what follows <c>serve</c> (<see cref="ServerProcess"/>).</summary>
    public static Command Create() => new("serve", "Web page, REST and Gradio-compatible API on port 7860 / 启动网页与接口服务")
    {
        TreatUnmatchedTokensAsErrors = false,
    };
}
