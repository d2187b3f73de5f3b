using System.Text.Json;
using SpeechEmotion.Outputs.Json;
using SpeechEmotion.Server.Exports.Rows;

namespace SpeechEmotion.Server.Exports;

/// <summary>
/// Writes the results and errors as lines of <c>recognize --json</c>, with the metadata of each recording. The numbers of a result
/// keep their text.
/// </summary>
/// <param name="output">Receives the lines; not closed.</param>
/// <param name="language">The language of error messages.</param>
internal sealed class JsonLinesWriter(Stream output, string language) : IRowWriter, IDisposable
{
    private readonly BlockStream _output = new(output);

    /// <inheritdoc/>
    public ValueTask WriteAsync(BatchRow row, CancellationToken ct)
    {
        if (row.Failure is { } failure)
        {
            using var line = new MemoryStream();
            RecognitionJson.WriteError(line, row.File, failure.Code, failure.MessageIn(language));
            Write(row, line.GetBuffer().AsSpan(0, (int)line.Length));
        }
        else if (row.Answer is not null)
        {
            Write(row, row.Document.Span);
        }
        return _output.PassOnAsync(ct);
    }

    /// <inheritdoc/>
    public ValueTask CompleteAsync(CancellationToken ct) => _output.CompleteAsync(ct);

    /// <inheritdoc/>
    public void Dispose() => _output.Dispose();

    /// <summary>Writes the line with the name that the recording has in the batch, and adds the fields of the batch at its end.</summary>
    private void Write(BatchRow row, ReadOnlySpan<byte> line)
    {
        _output.Write("{\"file\":"u8);
        using (var json = new Utf8JsonWriter(_output, RecognitionFields.Compact))
            json.WriteStringValue(row.File);
        _output.Write(FieldsAfterName(row, line));
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
