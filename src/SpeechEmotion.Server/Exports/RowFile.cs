using SpeechEmotion.Outputs;
using SpeechEmotion.Server.Exports.Rows;

namespace SpeechEmotion.Server.Exports;

/// <summary>A file of an export that is written row by row. It exists only if a recording belongs in it.</summary>
/// <param name="folder">The folder of the export.</param>
/// <param name="name">Name of the file.</param>
/// <param name="create">Creates the writer.</param>
/// <param name="belongs">Whether a recording belongs in the file; null for a file that always exists.</param>
internal sealed class RowFile(
    string folder, string name, Func<Stream, IRowWriter> create, Func<BatchRow, bool>? belongs = null) : IAsyncDisposable
{
    private PartFile? _part;
    private IRowWriter? _writer;

    /// <summary>Name of the file.</summary>
    public string Name { get; } = name;

    /// <summary>Whether the file has content.</summary>
    public bool IsWritten => _part is not null;

    /// <summary>Writes a recording if it belongs in the file.</summary>
    /// <exception cref="Errors.OutputException">The disk is full or unavailable.</exception>
    public async ValueTask WriteAsync(BatchRow row, CancellationToken ct)
    {
        if (belongs is null || belongs(row))
            await GuardAsync(writer => writer.WriteAsync(row, ct));
    }

    /// <summary>Writes what is left to the disk.</summary>
    /// <exception cref="Errors.OutputException">The same.</exception>
    public async ValueTask CompleteAsync(CancellationToken ct)
    {
        if (belongs is null || IsWritten)
        {
            await GuardAsync(async writer =>
            {
                await writer.CompleteAsync(ct);
                await _part!.CompleteAsync(ct);
            });
        }
    }

    /// <summary>Gives the file its name; or removes that of an earlier export if no recording belongs in it.</summary>
    /// <exception cref="Errors.OutputException">The folder cannot be changed.</exception>
    public ValueTask PublishAsync()
    {
        if (!IsWritten)
        {
            PartFile.Remove(folder, Name);
            return ValueTask.CompletedTask;
        }
        return GuardAsync(_ =>
        {
            _part!.Publish();
            return ValueTask.CompletedTask;
        });
    }

    /// <summary>Deletes what was not published.</summary>
    public async ValueTask DisposeAsync()
    {
        (_writer as IDisposable)?.Dispose();
        if (_part is not null)
            await _part.DisposeAsync();
    }

    private async ValueTask GuardAsync(Func<IRowWriter, ValueTask> use)
    {
        _part ??= PartFile.Create(folder, Name);
        try
        {
            await use(_writer ??= create(_part.Stream));
        }
        catch (IOException failure)
        {
            throw OutputErrors.Of(failure, Path.Combine(folder, Name));
        }
        catch (UnauthorizedAccessException failure)
        {
            throw OutputErrors.Of(failure, Path.Combine(folder, Name));
        }
    }
}
