using Serilog;
using Serilog.Events;

namespace SpeechEmotion.Server.Ops;

/// <summary>The log: on the console, and in <c>ser.log</c>, of which the last 50 MB are kept.</summary>
internal static class ServerLog
{
    private const long FileBytes = 10_000_000;
    private const int Files = 5;

    public static IServiceCollection AddServerLog(this IServiceCollection services) => services.AddSerilog((provider, log) => log
        .MinimumLevel.Information()
        .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
        .MinimumLevel.Override("System", LogEventLevel.Warning)
        // What fails in a request is told once, by ProblemAnswers.
        .MinimumLevel.Override("Microsoft.AspNetCore.Diagnostics", LogEventLevel.Fatal)
        // Why the server cannot start is told once, by the program.
        .Filter.ByExcluding(entry => entry.MessageTemplate.Text == "Hosting failed to start")
        .Enrich.FromLogContext()
        .WriteTo.Console(new SeedLogFormatter())
        .WriteTo.File(
            new SeedLogFormatter(), provider.GetRequiredService<ServerFolder>().LogFile, fileSizeLimitBytes: FileBytes,
            rollOnFileSizeLimit: true, retainedFileCountLimit: Files));
}
