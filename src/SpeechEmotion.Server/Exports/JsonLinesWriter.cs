using System.Text.Json;
using SpeechEmotion.Outputs.Json;
using SpeechEmotion.Server.Exports.Rows;

namespace SpeechEmotion.Server.Exports;

/// <summary>
/// Writes the results and errors as lines of <c>recognize --json</c>, with the metadata of each recording, or the identifier and the
/// time of each recognition. The numbers of a result keep their text.
/// </summary>
/// <param name="output">Receives the lines; not closed.</param>
/// <param name="language">The language of error messages.</param>
internal sealed class JsonLinesWriter(Stream output, string language) : IRowWriter, IDisposable
{
    /// <summary>The fields of a result that the history keeps only in the result folder.</summary>
    private static readonly string[] InFolder = ["timeline", "frames"];

    private readonly BlockStream _output = new(output);

    /// <inheritdoc/>
    public async ValueTask WriteAsync(BatchRow row, CancellationToken ct)
    {
        if (row.Failure is { } failure)
        {
            using var line = new MemoryStream();
            RecognitionJson.WriteError(line, row.File, failure.Code, failure.MessageIn(language));
            Begin(row, line.GetBuffer().AsSpan(0, (int)line.Length));
            End(row);
        }
        else if (row.Answer is not null)
        {
            var isIntact = row.OpenResult is not null && await IsIntactAsync(row.OpenResult, ct);
            Begin(row, row.Document.Span);
            if (isIntact)
                await CopyAsync(row.OpenResult!, _output, ct);
            End(row);
        }
        await _output.PassOnAsync(ct);
    }

    /// <inheritdoc/>
    public ValueTask CompleteAsync(CancellationToken ct) => _output.CompleteAsync(ct);

    /// <inheritdoc/>
    public void Dispose() => _output.Dispose();

    /// <summary>Reads a result file before a field of it is written: a damaged one must not spoil the line, or the export.</summary>
    private static async Task<bool> IsIntactAsync(Func<CancellationToken, Task<Stream?>> open, CancellationToken ct)
    {
        using var nowhere = new BlockStream(Stream.Null);
        try
        {
            await CopyAsync(open, nowhere, ct);
            return true;
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException)
        {
            return false;
        }
    }

    private static async Task CopyAsync(Func<CancellationToken, Task<Stream?>> open, BlockStream output, CancellationToken ct)
    {
        await using var result = await open(ct);
        if (result is null)
            return;
        using var fields = new StoredFields(InFolder, output);
        await fields.CopyAsync(result, ct);
    }

    /// <summary>Begins the line with the name that the recording has in the batch.</summary>
    private void Begin(BatchRow row, ReadOnlySpan<byte> line)
    {
        _output.Write("{\"file\":"u8);
        using (var json = new Utf8JsonWriter(_output, RecognitionFields.Compact))
            json.WriteStringValue(row.File);
        _output.Write(FieldsAfterName(row, line));
    }

    /// <summary>Ends the line with the fields of the history or of the batch.</summary>
    private void End(BatchRow row)
    {
        if (row.Recognition is { } recognition)
        {
            _output.Write(",\"id\":"u8);
            using (var json = new Utf8JsonWriter(_output, RecognitionFields.Compact))
                json.WriteStringValue(recognition.Id);
            _output.Write(",\"created\":"u8);
            using (var json = new Utf8JsonWriter(_output, RecognitionFields.Compact))
                json.WriteStringValue(recognition.CreatedText);
        }
        if (row.SameAsFile is { } original)
        {
            _output.Write(",\"same_as\":"u8);
            using var json = new Utf8JsonWriter(_output, RecognitionFields.Compact);
            json.WriteStringValue(original);
        }
        if (row.Metadata.Count > 0)
        {
            _output.Write(",\"metadata\":"u8);
            using var json = new Utf8JsonWriter(_output, RecognitionFields.Compact);
            json.WriteStartObject();
            foreach (var (key, value) in row.Metadata)
                json.WriteString(key, value);
            json.WriteEndObject();
        }
        _output.Write("}\n"u8);
    }

    /// <summary>Returns what follows the first field, without the closing brace.</summary>
    private static ReadOnlySpan<byte> FieldsAfterName(BatchRow row, ReadOnlySpan<byte> line)
    {
        var json = new Utf8JsonReader(line);
        if (!json.Read() || !json.Read() || !json.ValueTextEquals("file"u8) || !json.Read())
            throw ExportErrors.DamagedResult(row.File);
        return line[(int)json.BytesConsumed..line.LastIndexOf((byte)'}')];
    }
}
