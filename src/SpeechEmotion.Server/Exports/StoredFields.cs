using System.Text.Json;
using SpeechEmotion.Outputs.Json;

namespace SpeechEmotion.Server.Exports;

/// <summary>
/// Copies fields of a <c>result.json</c> as further fields of an object, without indentation. Numbers keep their text. Memory holds
/// one block of the file, which may have hours of frames.
/// </summary>
/// <param name="names">The names of the fields.</param>
/// <param name="output">Receives for each field a comma, its name and its value.</param>
internal sealed class StoredFields(IReadOnlyCollection<string> names, BlockStream output) : IDisposable
{
    private const int BlockBytes = 1 << 16;

    /// <summary>More than any token that the product writes.</summary>
    private const int MostTokenBytes = 1 << 20;

    private readonly Utf8JsonWriter _json = new(output, RecognitionFields.Compact);
    private bool _isCopying;

    /// <summary>Reads the file to its end, so that a damaged one can be recognized without writing it.</summary>
    /// <exception cref="JsonException">The file is not JSON.</exception>
    /// <exception cref="FormatException">The file is not an object, or has a text that is too long.</exception>
    /// <exception cref="IOException">The file cannot be read, or the output cannot be written.</exception>
    public async Task CopyAsync(Stream result, CancellationToken ct)
    {
        var (buffer, count, ended) = (new byte[BlockBytes], 0, false);
        var state = new JsonReaderState();
        while (!ended)
        {
            if (count == buffer.Length)
                Array.Resize(ref buffer, count < MostTokenBytes ? 2 * count : throw new FormatException("A text is too long."));
            var read = await result.ReadAtLeastAsync(buffer.AsMemory(count), buffer.Length - count, throwOnEndOfStream: false, ct);
            (count, ended) = (count + read, count + read < buffer.Length);
            var consumed = Advance(buffer.AsSpan(0, count), ended, ref state);
            count -= consumed;
            buffer.AsSpan(consumed, count).CopyTo(buffer);
            await output.PassOnAsync(ct);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _json.Dispose();

    /// <summary>Copies as far as the available bytes allow.</summary>
    /// <returns>The number of bytes that are no longer needed.</returns>
    private int Advance(ReadOnlySpan<byte> bytes, bool ended, ref JsonReaderState state)
    {
        var reader = new Utf8JsonReader(bytes, ended, state);
        while (reader.Read())
        {
            if (reader is { CurrentDepth: 0, TokenType: not (JsonTokenType.StartObject or JsonTokenType.EndObject) })
                throw new FormatException("It is not an object.");
            if (_isCopying)
                Copy(ref reader);
            else if (reader is { CurrentDepth: 1, TokenType: JsonTokenType.PropertyName })
                Begin(reader.GetString()!);
        }
        _json.Flush();
        state = reader.CurrentState;
        return (int)reader.BytesConsumed;
    }

    private void Begin(string name)
    {
        if (!names.Contains(name))
            return;
        // Each value is a document of its own, in an object that the caller writes.
        _json.Reset();
        output.Write(",\""u8);
        output.Write(System.Text.Encoding.UTF8.GetBytes(name));
        output.Write("\":"u8);
        _isCopying = true;
    }

    private void Copy(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject: _json.WriteStartObject(); break;
            case JsonTokenType.EndObject: _json.WriteEndObject(); break;
            case JsonTokenType.StartArray: _json.WriteStartArray(); break;
            case JsonTokenType.EndArray: _json.WriteEndArray(); break;
            case JsonTokenType.PropertyName: _json.WritePropertyName(reader.GetString()!); break;
            case JsonTokenType.String: _json.WriteStringValue(reader.GetString()); break;
            default: _json.WriteRawValue(reader.ValueSpan); break;
        }
        if (_json.CurrentDepth > 0)
            return;
        _json.Flush();
        _isCopying = false;
    }
}
