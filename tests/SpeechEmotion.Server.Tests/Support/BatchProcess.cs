using System.Diagnostics;
using System.Text;
using System.Text.Json;
using SpeechEmotion.Options;
using SpeechEmotion.Tests.Support;

namespace SpeechEmotion.Server.Tests.Support;

/// <summary>The program that processes a batch, as <c>ser batch --json</c> starts it.</summary>
internal sealed class BatchProcess : IDisposable
{
    private readonly Process _process;
    private readonly List<JsonElement> _events = [];
    private readonly TaskCompletionSource _read = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _errorsRead = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly StringBuilder _errors = new();

    private BatchProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Add(line.Data);
        process.ErrorDataReceived += (_, line) => AddError(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>The request that most tests make.</summary>
    public static BatchRequest Request(string output) => new()
    {
        Output = output,
        Options = new() { Model = "compact" },
        Json = true,
        Language = "en",
    };

    /// <summary>The events so far.</summary>
    public JsonElement[] Events
    {
        get
        {
            lock (_events)
                return [.. _events];
        }
    }

    /// <summary>Standard error so far.</summary>
    public string Errors
    {
        get
        {
            lock (_errors)
                return _errors.ToString();
        }
    }

    /// <summary>The outcomes that this run has stored.</summary>
    public JsonElement[] Items => [.. Events.Where(line => line.GetProperty("event").GetString() == "item")];

    public static BatchProcess Start(BatchRequest request, params string[] sources) => new(ProgramRun.Start(new(
        ServerProcess.Program, ["batch", JsonSerializer.Serialize(request, BatchJsonContext.Default.BatchRequest), .. sources])));

    /// <summary>Runs a batch to its end.</summary>
    public static async Task<BatchEnd> RunAsync(BatchRequest request, params string[] sources)
    {
        using var batch = Start(request, sources);
        batch._process.StandardInput.Close();
        return await batch.EndAsync();
    }

    /// <summary>Waits until the program exits; fails if it does not.</summary>
    public async Task<BatchEnd> EndAsync()
    {
        await _process.EndAsync();
        await _read.Task;
        await _errorsRead.Task;
        return new(_process.ExitCode, Events, Errors);
    }

    /// <summary>Waits until the batch has a number of recordings, whether processed or not.</summary>
    public Task ReadAsync(int count) => Until.True(
        () => Events.Any(line => line.TryGetProperty("items", out var items) && items.GetInt32() == count));

    /// <summary>Waits until the program has written a text to standard error.</summary>
    public Task SaysAsync(string text) => Until.True(() => Errors.Contains(text, StringComparison.Ordinal));

    public Task ItemsAsync(int count) => Until.True(() => Items.Length >= count || _process.HasExited);

    public void Kill() => _process.Kill();

    public void Interrupt() => _process.Interrupt();

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }

    private void AddError(string? line)
    {
        if (line is null)
        {
            _errorsRead.TrySetResult();
            return;
        }
        lock (_errors)
            _errors.Append(line).Append('\n');
    }

    private void Add(string? line)
    {
        if (line is null)
        {
            _read.TrySetResult();
            return;
        }
        // A killed program may leave half a line.
        if (!line.EndsWith('}'))
            return;
        Contract.BatchEvent.ShouldAccept(line, "An event of a batch");
        lock (_events)
            _events.Add(JsonElement.Parse(line));
    }
}
