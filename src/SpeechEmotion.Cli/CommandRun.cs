using System.CommandLine;
using SpeechEmotion.Errors;

namespace SpeechEmotion.Cli;

/// <summary>Runs the parsed command, and turns errors into a message and an exit code.</summary>
internal static class CommandRun
{
    /// <summary>A cancelled inference ends within a frame or two; this bounds anything else that might hang.</summary>
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(5);

    public static async Task<int> Guard(ParseResult parsed)
    {
        try
        {
            return await parsed.InvokeAsync(
                new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = StopTimeout });
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync(Language.Is(parsed, "zh") ? "已取消。" : "Cancelled.");
            return ExitCode.Interrupted;
        }
        catch (SpeechEmotionException e)
        {
            await Console.Error.WriteLineAsync($"{e.MessageIn(Language.Of(parsed))} [{e.Code}]");
            return e is ModelException or CheckpointException or DownloadException ? ExitCode.ModelTrouble : ExitCode.SomeFailed;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Standard output is closed or on a full disk, or a folder was removed while it was read.
            var what = Language.Is(parsed, "zh") ? "读写失败：" : "Reading or writing failed: ";
            await Console.Error.WriteLineAsync($"{what}{e.Message} [io.failed]");
            return ExitCode.SomeFailed;
        }
    }
}
