using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace SpeechEmotion.Audio;

/// <summary>
/// A decoding program whose output is read as it comes: the pipe holds it back when it is faster than its reader. It is
/// killed when it gives nothing for too long, on cancellation, and on disposal.
/// </summary>
internal sealed class DecoderProcess : IDisposable
{
    private const int MaxErrorBytes = 4096;

    private readonly AudioSource _source;
    private readonly CancellationToken _ct;
    private readonly Process _process;
    private readonly Stream _output;
    private readonly Task<string> _errors;
    private bool _timedOut;
    private bool _disposed;

    /// <param name="program">Full path of the program.</param>
    /// <param name="arguments">Passed as they are, with no shell between.</param>
    /// <param name="source">What is decoded; its limits say how long to wait.</param>
    /// <param name="ct">Kills the program.</param>
    /// <exception cref="Errors.AudioException">The program cannot be started.</exception>
    public DecoderProcess(string program, IEnumerable<string> arguments, AudioSource source, CancellationToken ct)
    {
        (_source, _ct) = (source, ct);
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        try
        {
            _process = Process.Start(start) ?? throw new InvalidOperationException($"{program} was not started.");
        }
        catch (Win32Exception e)
        {
            throw AudioErrors.DecoderNotStarted(source.Name, program, e);
        }
        _process.StandardInput.Close();
        _output = _process.StandardOutput.BaseStream;
        _errors = Task.Run(() => Tail(_process.StandardError.BaseStream), CancellationToken.None);
    }

    /// <summary>Fills the buffer with output; fewer bytes come only at the end.</summary>
    /// <exception cref="Errors.AudioException">Nothing came for longer than the limit.</exception>
    public int Read(Span<byte> buffer)
    {
        var count = 0;
        while (count < buffer.Length)
        {
            int read;
            using (Watch())
                read = _output.Read(buffer[count..]);
            ThrowIfKilled();
            if (read == 0)
                break;
            count += read;
        }
        return count;
    }

    /// <summary>Waits for the end of the program, whose output was read to its end.</summary>
    /// <returns>Exit status, and the last line that it wrote to standard error (empty where it wrote none).</returns>
    public (int Status, string LastError) Finish()
    {
        using (Watch())
            _process.WaitForExit();
        ThrowIfKilled();
        var lines = _errors.GetAwaiter().GetResult().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        // It speaks of the file by its path on this machine, which is not what the user calls it.
        return (_process.ExitCode, lines.LastOrDefault("").Replace("file:" + _source.Path, _source.Name, StringComparison.Ordinal));
    }

    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        Kill();
        _process.WaitForExit();
        _errors.Wait(CancellationToken.None);
        _process.Dispose();
    }

    /// <summary>Kills the program if the returned watch is not disposed in time.</summary>
    private Watchdog Watch() => new(this);

    private void ThrowIfKilled()
    {
        _ct.ThrowIfCancellationRequested();
        if (_timedOut)
            throw AudioErrors.DecoderTimeout(_source.Name, _source.Limits.DecoderTimeout);
    }

    private void Kill()
    {
        if (!_process.HasExited)
            _process.Kill();
    }

    private static string Tail(Stream stream)
    {
        var tail = new byte[2 * MaxErrorBytes];
        var kept = 0;
        for (int read; (read = stream.Read(tail, kept, tail.Length - kept)) > 0;)
        {
            kept += read;
            if (kept <= MaxErrorBytes)
                continue;
            Array.Copy(tail, kept - MaxErrorBytes, tail, 0, MaxErrorBytes);
            kept = MaxErrorBytes;
        }
        return Encoding.UTF8.GetString(tail, 0, kept);
    }

    private sealed class Watchdog : IDisposable
    {
        private readonly CancellationTokenSource _timer;
        private readonly CancellationTokenRegistration _onTimeout;
        private readonly CancellationTokenRegistration _onCancel;

        public Watchdog(DecoderProcess process)
        {
            _timer = new(process._source.Limits.DecoderTimeout);
            _onTimeout = _timer.Token.Register(() =>
            {
                process._timedOut = true;
                process.Kill();
            });
            _onCancel = process._ct.Register(process.Kill);
        }

        // Disposing a registration waits for its callback, so that a kill never comes after the wait is over.
        public void Dispose()
        {
            _onTimeout.Dispose();
            _onCancel.Dispose();
            _timer.Dispose();
        }
    }
}
