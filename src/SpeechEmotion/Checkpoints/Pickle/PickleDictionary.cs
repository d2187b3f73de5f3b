namespace SpeechEmotion.Checkpoints.Pickle;

/// <summary>A pickled <c>dict</c>. Only entries with string keys are kept, since nothing looks up any other.</summary>
internal sealed class PickleDictionary
{
    // Created with the first entry, so that a flood of empty dictionaries stays cheap.
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
