using System.ComponentModel;
using System.Text;

namespace SpeechEmotion.Audio.Ffmpeg;

/// <summary>
/// A decoding program whose output is read while it runs: the pipe blocks the program when it is faster than its reader. The program
/// and all processes that it started are killed when it produces no output for too long, on cancellation, and on disposal. No
/// process that survives this, or keeps the pipes open, blocks the reader.
/// </summary>
internal sealed class DecoderProcess : IDisposable
{
    private const int MaxErrorBytes = 4096;
    private const int BlockBytes = 1 << 16;

    /// <summary>The time to read the pipes of an exited program, and the time to wait for a killed one.</summary>
    private static readonly TimeSpan GracePeriod = TimeSpan.FromSeconds(2);

    private readonly AudioInput _source;
    private readonly CancellationToken _ct;
    private readonly ProcessGroup _group;
    private readonly Stream _output;
    private readonly Stream _error;
    private readonly Task<string> _errors;
    private readonly CancellationTokenSource _abandon = new();
    private readonly byte[] _block = new byte[BlockBytes];
    private Memory<byte> _pending;
    private bool _ended;
    private bool _disposed;

    /// <summary>Whether a pipe was abandoned that another process still keeps open.</summary>
    private volatile bool _held;

    /// <param name="program">Full path of the program.</param>
    /// <param name="arguments">The arguments, passed unchanged without a shell.</param>
    /// <param name="source">The recording to decode; its limits set the timeout.</param>
    /// <param name="ct">Kills the program.</param>
    /// <exception cref="Errors.AudioException">The program cannot be started.</exception>
    public DecoderProcess(string program, IEnumerable<string> arguments, AudioInput source, CancellationToken ct)
    {
        (_source, _ct) = (source, ct);
        try
        {
            _group = ProcessGroup.Start(program, arguments);
        }
        catch (Win32Exception e)
        {
            throw AudioErrors.DecoderNotStarted(source.Name, program, e);
        }
        (_output, _error) = (_group.Output, _group.Errors);
        _errors = TailAsync();
    }

    /// <summary>Fills the buffer with output; returns fewer bytes only at the end.</summary>
    /// <exception cref="Errors.AudioException">The program produced no output within the limit.</exception>
    public int Read(Span<byte> buffer)
    {
        var count = 0;
        while (count < buffer.Length && (!_pending.IsEmpty || Fill()))
        {
            var taken = Math.Min(_pending.Length, buffer.Length - count);
            _pending.Span[..taken].CopyTo(buffer[count..]);
            _pending = _pending[taken..];
            count += taken;
        }
        return count;
    }

    /// <summary>Waits for the program to exit after its output was read to the end.</summary>
    /// <returns>The exit status, and the last line that the program wrote to standard error (empty if none).</returns>
    public (int Status, string LastError) Finish()
    {
        if (!_group.Exit.IsCompleted)
            Within(wait => Task.WaitAny([_group.Exit], wait));
        _abandon.CancelAfter(GracePeriod);
        var lines = _errors.GetAwaiter().GetResult().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (_group.FailedToStart)
            throw AudioErrors.DecoderNotStarted(_source.Name, _group.Program, new Win32Exception(lines.LastOrDefault("")));
        // The program names the file by its path on this machine, which is not the user's name for it.
        return (_group.Status, lines.LastOrDefault("").Replace("file:" + _source.Path, _source.Name, StringComparison.Ordinal));
    }

    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        if (!_group.Exit.IsCompleted || !_ended || !_errors.IsCompleted || _held)
            _group.Kill();
        _group.Exit.Wait(GracePeriod, CancellationToken.None);
        _abandon.Cancel();
        _errors.Wait(CancellationToken.None);
        _group.Dispose();
        _abandon.Dispose();
    }

    /// <summary>Reads from the pipe; false at the end.</summary>
    private bool Fill()
    {
        if (_ended)
            return false;
        var read = Within(Next);
        _pending = _block.AsMemory(0, read);
        _ended = read == 0;
        return read > 0;
    }

    private int Next(CancellationToken wait)
    {
        using var abandon = CancellationTokenSource.CreateLinkedTokenSource(wait);
        var read = _output.ReadAsync(_block, abandon.Token).AsTask();
        // A process that the program left running may keep the pipe open without writing to it.
        if (!read.IsCompleted && Task.WaitAny([read, _group.Exit], wait) == 1 && Task.WaitAny([read], GracePeriod) < 0)
        {
            _held = true;
            abandon.Cancel();
            ((Task)read).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing).GetAwaiter().GetResult();
            return read.IsCompletedSuccessfully ? read.Result : 0;
        }
        return read.GetAwaiter().GetResult();
    }

    /// <summary>Kills the program and all processes that it started on timeout or cancellation.</summary>
    private int Within(Func<CancellationToken, int> read)
    {
        using var wait = CancellationTokenSource.CreateLinkedTokenSource(_ct);
        wait.CancelAfter(_source.Limits.DecoderTimeout);
        try
        {
            return read(wait.Token);
        }
        catch (OperationCanceledException)
        {
            _group.Kill();
            _ct.ThrowIfCancellationRequested();
            throw AudioErrors.DecoderTimeout(_source.Name, _source.Limits.DecoderTimeout);
        }
    }

    private async Task<string> TailAsync()
    {
        var tail = new byte[2 * MaxErrorBytes];
        var kept = 0;
        try
        {
            for (int read; (read = await _error.ReadAsync(tail.AsMemory(kept), _abandon.Token).ConfigureAwait(false)) > 0;)
            {
                kept += read;
                if (kept <= MaxErrorBytes)
                    continue;
                Array.Copy(tail, kept - MaxErrorBytes, tail, 0, MaxErrorBytes);
                kept = MaxErrorBytes;
            }
        }
        catch (OperationCanceledException)
        {
            // The program has exited, but another process keeps the pipe open.
            _held = true;
        }
        return Encoding.UTF8.GetString(tail, 0, kept);
    }
}
