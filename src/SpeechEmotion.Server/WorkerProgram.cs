using SpeechEmotion.Server.Hosting;
using SpeechEmotion.Server.Settings;

namespace SpeechEmotion.Server;

/// <summary>The worker program, from its command line to its exit code.</summary>
internal static class WorkerProgram
{
    /// <summary>Runs the worker until it is stopped.</summary>
    /// <returns>0 after a stop, also during the start; 1 or 2 if the worker cannot start (<see cref="StartFailure"/>).</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        var parsed = ServerSetting.WorkerCommand.Parse(args);
        if (parsed.Errors.Count > 0 || parsed.Action is not null)
            return parsed.Invoke() == 0 ? 0 : 2;
        using var scratch = new ScratchFolder();
        try
        {
            using var host = SpeechEmotionWorker.Build(
                ServerSetting.Read(parsed, Environment.GetEnvironmentVariable, ServerSetting.OfWorkers), scratch.Path);
            await host.RunToEndAsync();
            return 0;
        }
        catch (OperationCanceledException)
        {
            // SIGTERM or SIGINT during the start.
            return 0;
        }
        catch (Exception e)
        {
            var failure = StartFailure.Of(e, null);
            await Console.Error.WriteLineAsync(failure.Text);
            return failure.ExitCode;
        }
    }
}
