using Serilog;
using Serilog.Events;
using SpeechEmotion.Server.Logging;

namespace SpeechEmotion.Server.Hosting;

/// <summary>Configures the log: on the console, and in <c>ser.log</c>, whose last 50 MB are kept.</summary>
internal static class ServerLog
{
    private const long FileBytes = 10_000_000;
    private const int Files = 5;

    // The process has one static logger, but a test may run several servers: each uses its own logger.
    /// <param name="services">The services.</param>
    /// <param name="console">Whether the log is written to the console.</param>
    /// <param name="file">Whether the log is written to a file in the output folder.</param>
    public static IServiceCollection AddServerLog(
        this IServiceCollection services, bool console = true, bool file = true) => services.AddSerilog(
        (provider, log) => Filter(log)
            .WriteTo.Conditional(_ => console, sink => sink.Console(new SeedLogFormatter()))
            .WriteToFile(file ? provider.GetRequiredService<ServerFolder>().LogFile : null, FileBytes),
        preserveStaticLogger: true);

    /// <summary>Writes to a rolling file: when a file is full, the next one starts, and the last few are kept.</summary>
    /// <param name="log">The log.</param>
    /// <param name="path">The file; null for none.</param>
    /// <param name="fileBytes">Size of a full file.</param>
    internal static LoggerConfiguration WriteToFile(this LoggerConfiguration log, string? path, long fileBytes) => path is null
        ? log
        : log.WriteTo.File(
            new SeedLogFormatter(), path, fileSizeLimitBytes: fileBytes, rollOnFileSizeLimit: true, retainedFileCountLimit: Files);

    private static LoggerConfiguration Filter(LoggerConfiguration log) => log
        .MinimumLevel.Information()
        .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
        .MinimumLevel.Override("System", LogEventLevel.Warning)
        // Failures are logged once: those of a request by ProblemAnswers, those of the history by the code that writes to it.
        .MinimumLevel.Override("Microsoft.AspNetCore.Diagnostics", LogEventLevel.Fatal)
        .MinimumLevel.Override("Microsoft.EntityFrameworkCore", LogEventLevel.Fatal)
        // A connection that breaks in the middle of a body is not a failure of the server.
        .Filter.ByExcluding(entry =>
            entry.MessageTemplate.Text.Contains("automatic draining of the request body failed", StringComparison.Ordinal))
        // The program itself reports why the server cannot start.
        .Filter.ByExcluding(entry => entry.MessageTemplate.Text == "Hosting failed to start")
        .Enrich.FromLogContext();
}
