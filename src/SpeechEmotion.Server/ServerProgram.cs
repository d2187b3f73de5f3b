using Microsoft.Extensions.Options;
using SpeechEmotion.Server.Hosting;
using SpeechEmotion.Server.Settings;

namespace SpeechEmotion.Server;

/// <summary>The server program, from its command line to its exit code.</summary>
internal static class ServerProgram
{
    /// <summary>Runs the server until it is stopped.</summary>
    /// <returns>0 after a stop, also during the start; 1 or 2 if the server cannot start (<see cref="StartFailure"/>).</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        var parsed = ServerSetting.Command.Parse(args);
        if (parsed.Errors.Count > 0 || parsed.Action is not null)
            return parsed.Invoke() == 0 ? 0 : 2;
        ServerOptions? options = null;
        try
        {
            await using var app = SpeechEmotionServer.Build(ServerSetting.Read(parsed, Environment.GetEnvironmentVariable));
            options = app.Services.GetRequiredService<IOptions<ServerOptions>>().Value;
            await app.RunToEndAsync();
            return 0;
        }
        catch (OperationCanceledException)
        {
            // SIGTERM or SIGINT before the server listened.
            return 0;
        }
        catch (Exception e)
        {
            var failure = StartFailure.Of(e, options);
            await Console.Error.WriteLineAsync(failure.Text);
            return failure.ExitCode;
        }
    }
}
