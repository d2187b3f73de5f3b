using System.Text.Json;

namespace SpeechEmotion.Outputs.Json;

/// <summary>
/// Some fields of a <c>result.json</c>. All other fields (possibly hours of frames) are skipped block by block; memory holds only
/// the requested fields.
/// </summary>
internal sealed class ResultFields : IDisposable
{
    private const int BlockBytes = 1 << 16;

    private readonly Dictionary<string, JsonDocument> _values = [];

    private ResultFields()
    {
    }

    /// <summary>The value of a field; null if the file does not have it.</summary>
    public JsonElement? this[string name] => _values.TryGetValue(name, out var value) ? value.RootElement : null;

    /// <summary>Reads the requested fields.</summary>
    /// <param name="result">The file, read synchronously; not closed.</param>
    /// <param name="names">The names of the requested fields.</param>
    /// <param name="mostBytes">The most bytes of a single field.</param>
    /// <param name="last">The field after which reading stops; null to read to the end.</param>
    /// <param name="ct">Cancels the reading.</param>
    /// <exception cref="JsonException">The file is not JSON, or nested deeper than 64 levels.</exception>
    /// <exception cref="FormatException">The file is not an object, a field is too large, or a field is repeated.</exception>
    public static ResultFields Read(
        Stream result, IReadOnlyCollection<string> names, int mostBytes, string? last = null, CancellationToken ct = default)
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
                Array.Resize(ref buffer, count < mostBytes ? 2 * count : throw new FormatException("A field is larger than allowed."));
            var read = result.ReadAtLeast(buffer.AsSpan(count), buffer.Length - count, throwOnEndOfStream: false);
            (count, ended) = (count + read, count + read < buffer.Length);
        }
    }

    /// <summary>Parses as far as the available bytes allow; returns true once nothing more is needed.</summary>
    private bool Advance(ref Utf8JsonReader reader, IReadOnlyCollection<string> names, ref string? pending, string? last)
    {
        while (true)
        {
            if (pending is not null)
            {
                // Needs the whole value at once; otherwise the reader keeps its position.
                if (!JsonDocument.TryParseValue(ref reader, out var value))
                    return false;
                if (!_values.TryAdd(pending, value))
                {
                    value.Dispose();
                    throw new FormatException($"The field {pending} is repeated.");
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
