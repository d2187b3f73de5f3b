using System.Text.Json;

namespace SpeechEmotion.Outputs.Json;

/// <summary>
/// Some fields of a <c>result.json</c>. What stands around them (hours of frames, perhaps) is passed over block by block; memory
/// holds the fields that are asked for.
/// </summary>
internal sealed class ResultFields : IDisposable
{
    private const int BlockBytes = 1 << 16;

    private readonly Dictionary<string, JsonDocument> _values = [];

    private ResultFields()
    {
    }

    /// <summary>The value of a field; null where the file has no such field.</summary>
    public JsonElement? this[string name] => _values.TryGetValue(name, out var value) ? value.RootElement : null;

    /// <summary>Reads them.</summary>
    /// <param name="result">The file, synchronously; not closed.</param>
    /// <param name="names">The fields that are asked for.</param>
    /// <param name="mostBytes">The most that a single one of them may take.</param>
    /// <param name="last">Nothing is read after this one; null to read to the end.</param>
    /// <param name="ct">Ends it.</param>
    /// <exception cref="JsonException">It is not JSON, or nested deeper than 64 levels.</exception>
    /// <exception cref="FormatException">It is no object, a field is too large, or comes twice.</exception>
    public static ResultFields Read(Stream result, IReadOnlyCollection<string> names, int mostBytes, string? last = null, CancellationToken ct = default)
    {
        var fields = new ResultFields();
        var complete = false;
        try
        {
            fields.Fill(result, names, mostBytes, last, ct);
            complete = true;
            return fields;
        }
        finally
        {
            if (!complete)
                fields.Dispose();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var value in _values.Values)
            value.Dispose();
    }

    private void Fill(Stream result, IReadOnlyCollection<string> names, int mostBytes, string? last, CancellationToken ct)
    {
        var (buffer, count, ended) = (new byte[BlockBytes], 0, false);
        var state = new JsonReaderState();
        string? pending = null;
        while (true)
        {
            ct.ThrowIfCancellationRequested();
            var reader = new Utf8JsonReader(buffer.AsSpan(0, count), ended, state);
            if (Advance(ref reader, names, ref pending, last) || ended)
                return;
            state = reader.CurrentState;
            count -= (int)reader.BytesConsumed;
            buffer.AsSpan((int)reader.BytesConsumed, count).CopyTo(buffer);
            if (count == buffer.Length)
                Array.Resize(ref buffer, count < mostBytes ? 2 * count : throw new FormatException("A field is larger than any may be."));
            var read = result.ReadAtLeast(buffer.AsSpan(count), buffer.Length - count, throwOnEndOfStream: false);
            (count, ended) = (count + read, count + read < buffer.Length);
        }
    }

    /// <summary>Goes as far as the bytes reach; true where nothing more is needed.</summary>
    private bool Advance(ref Utf8JsonReader reader, IReadOnlyCollection<string> names, ref string? pending, string? last)
    {
        while (true)
        {
            if (pending is not null)
            {
                // Needs all of it at once; without that the reader stays where it is.
                if (!JsonDocument.TryParseValue(ref reader, out var value))
                    return false;
                if (!_values.TryAdd(pending, value))
                {
                    value.Dispose();
                    throw new FormatException($"The field {pending} comes twice.");
                }
                if (pending == last)
                    return true;
                pending = null;
            }
            if (!reader.Read())
                return false;
            if (reader is { CurrentDepth: 0, TokenType: not (JsonTokenType.StartObject or JsonTokenType.EndObject) })
                throw new FormatException("It is not an object.");
            if (reader is { TokenType: JsonTokenType.PropertyName, CurrentDepth: 1 })
                pending = NameOf(ref reader, names);
        }
    }

    private static string? NameOf(ref Utf8JsonReader reader, IReadOnlyCollection<string> names)
    {
        foreach (var name in names)
        {
            if (reader.ValueTextEquals(name))
                return name;
        }
        return null;
    }
}
