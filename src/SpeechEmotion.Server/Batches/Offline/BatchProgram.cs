using System.Runtime.InteropServices;
using System.Text.Json;
using SpeechEmotion.Options;
using SpeechEmotion.Server.Http;

namespace SpeechEmotion.Server.Batches.Offline;

/// <summary>
/// <c>ser batch</c>: the command checks its arguments and starts this program with them, so that batches of the command and of the
/// server are processed by the same engine.
/// </summary>
internal static class BatchProgram
{
    /// <summary>Processes a batch.</summary>
    /// <param name="request">The request of the command, as JSON.</param>
    /// <param name="sources">The sources, as the user wrote them.</param>
    /// <returns>The exit code of the command.</returns>
    public static async Task<int> RunAsync(string request, string[] sources)
    {
        var wanted = JsonSerializer.Deserialize(request, BatchJsonContext.Default.BatchRequest)!;
        using CancellationTokenSource stop = new(), abort = new();
        using var display = BatchDisplay.Create(wanted);
        PosixSignal[] signals = [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP];
        var handlers = signals.Select(
            signal => PosixSignalRegistration.Create(signal, context => Stop(context, stop, abort, display, wanted.Language))).ToArray();
        try
        {
            return await RunAsync(wanted, sources, display, stop.Token, abort.Token);
        }
        finally
        {
            foreach (var handler in handlers)
                handler.Dispose();
        }
    }

    /// <summary>Processes a batch in a process that handles the signals itself.</summary>
    /// <param name="request">The request of the command.</param>
    /// <param name="sources">The sources, as the user wrote them.</param>
    /// <param name="display">Shows progress and errors.</param>
    /// <param name="stop">Stops after the running recordings.</param>
    /// <param name="abort">Cancels the running recordings, too.</param>
    /// <param name="configure">Replaces services, for tests.</param>
    /// <returns>The exit code of the command.</returns>
    internal static async Task<int> RunAsync(
        BatchRequest request, string[] sources, BatchDisplay display, CancellationToken stop, CancellationToken abort,
        Action<IServiceCollection>? configure = null)
    {
        try
        {
            if (request.DryRun)
                return BatchPreview.Show(request, sources, Console.Out, stop);
            await using var services = BatchServices.Create(request, configure);
            return await services.GetRequiredService<BatchRun>().RunAsync(request, sources, display, stop, abort);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            display.Line(request.Language == "zh" ? "已停止。再次运行同一命令即可继续。" : "Stopped. The same command continues.");
            return BatchExit.Interrupted;
        }
        catch (Exception e)
        {
            var error = ProblemAnswers.Known(e);
            display.Fail(error);
            // There may be no log yet.
            if (error.Code == "server.unexpected")
                await Console.Error.WriteLineAsync(e.ToString());
            return BatchExit.Of(error);
        }
    }

    /// <summary>The first signal ends the batch after the running recordings, the second one at once.</summary>
    private static void Stop(
        PosixSignalContext signal, CancellationTokenSource stop, CancellationTokenSource abort, BatchDisplay display, string language)
    {
        signal.Cancel = true;
        if (stop.IsCancellationRequested)
        {
            abort.Cancel();
            return;
        }
        // First: a terminal that was closed accepts no text.
        stop.Cancel();
        display.Line(language == "zh"
            ? "正在完成当前录音……再按一次 Ctrl-C 立即停止。"
            : "Finishing the current recordings … press Ctrl-C again to stop at once.");
    }
}
