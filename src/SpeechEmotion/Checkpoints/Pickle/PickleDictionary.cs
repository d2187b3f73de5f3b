namespace SpeechEmotion.Checkpoints.Pickle;

/// <summary>A pickled <c>dict</c>. Only text keys are kept: nothing else is ever looked up.</summary>
internal sealed class PickleDictionary
{
    // Made at the first entry, so that a flood of empty dictionaries stays cheap.
    private Dictionary<string, object?>? _entries;

    public IEnumerable<KeyValuePair<string, object?>> Entries => _entries ?? [];

    public void Set(object? key, object? value)
    {
        if (key is string text)
            (_entries ??= new(StringComparer.Ordinal))[text] = value;
    }

    public bool TryGet(string key, out object? value)
    {
        value = null;
        return _entries is not null && _entries.TryGetValue(key, out value);
    }
}
