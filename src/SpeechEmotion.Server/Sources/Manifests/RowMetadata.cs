using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace SpeechEmotion.Server.Sources.Manifests;

/// <summary>The further columns of one row. All rows of a table share their column names, so that a million rows stay small.</summary>
/// <param name="columns">The names, all different; there may be more than values.</param>
/// <param name="values">The values, in the order of the names.</param>
internal sealed class RowMetadata(string[] columns, string[] values) : IReadOnlyDictionary<string, string>
{
    public int Count => values.Length;

    public IEnumerable<string> Keys => columns.Take(values.Length);

    public IEnumerable<string> Values => values;

    public string this[string key] => TryGetValue(key, out var value) ? value : throw new KeyNotFoundException(key);

    public bool ContainsKey(string key) => TryGetValue(key, out _);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out string value)
    {
        var index = Array.IndexOf(columns, key, 0, values.Length);
        value = index >= 0 ? values[index] : null;
        return index >= 0;
    }

    public IEnumerator<KeyValuePair<string, string>> GetEnumerator()
    {
        for (var i = 0; i < values.Length; i++)
            yield return new(columns[i], values[i]);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
