using Serilog;
using Serilog.Events;
using SpeechEmotion.Server.Logging;

namespace SpeechEmotion.Server.Hosting;

/// <summary>The log: on the console, and in <c>ser.log</c>, of which the last 50 MB are kept.</summary>
internal static class ServerLog
{
    private const long FileBytes = 10_000_000;
    private const int Files = 5;

    // The process has one static logger, but a test may have several servers: each keeps its own.
    public static IServiceCollection AddServerLog(this IServiceCollection services) => services.AddSerilog(
        (provider, log) => log
            .MinimumLevel.Information()
            .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
            .MinimumLevel.Override("System", LogEventLevel.Warning)
            // What fails in a request is told once, by ProblemAnswers; in the history, by whoever wrote to it.
            .MinimumLevel.Override("Microsoft.AspNetCore.Diagnostics", LogEventLevel.Fatal)
            .MinimumLevel.Override("Microsoft.EntityFrameworkCore", LogEventLevel.Fatal)
            // A connection that breaks in the middle of a body is its client's matter.
            .Filter.ByExcluding(entry => entry.MessageTemplate.Text.Contains("automatic draining of the request body failed", StringComparison.Ordinal))
            // Why the server cannot start is told once, by the program.
            .Filter.ByExcluding(entry => entry.MessageTemplate.Text == "Hosting failed to start")
            .Enrich.FromLogContext()
            .WriteTo.Console(new SeedLogFormatter())
            .WriteToFile(provider.GetRequiredService<ServerFolder>().LogFile, FileBytes),
        preserveStaticLogger: true);

    /// <summary>Writes to a file that is followed by the next as soon as it is full; the last few are kept.</summary>
    internal static LoggerConfiguration WriteToFile(this LoggerConfiguration log, string path, long fileBytes) => log.WriteTo.File(
        new SeedLogFormatter(), path, fileSizeLimitBytes: fileBytes, rollOnFileSizeLimit: true, retainedFileCountLimit: Files);
}
