namespace SpeechEmotion.Server.Access;

/// <summary>A table whose values expire after a fixed time. When the table is full, it drops the oldest values earlier.</summary>
/// <param name="capacity">Maximum number of values.</param>
/// <param name="lifetime">Lifetime of each value.</param>
/// <param name="time">The clock.</param>
internal sealed class ExpiringTable<TValue>(int capacity, TimeSpan lifetime, TimeProvider time)
    where TValue : class
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, (TValue Value, long Number)> _values = [];
    private readonly Queue<(string Key, long Number, long Added)> _order = new();
    private long _number;

    /// <summary>Current number of values.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                Evict(capacity);
                return _values.Count;
            }
        }
    }

    /// <summary>Returns the value of a key, or null if it is missing or has expired.</summary>
    public TValue? Find(string key)
    {
        lock (_gate)
        {
            Evict(capacity);
            return _values.TryGetValue(key, out var found) ? found.Value : null;
        }
    }

    /// <summary>Returns the value of a key, or adds and returns a new value.</summary>
    public TValue FindOrAdd(string key, Func<TValue> create)
    {
        lock (_gate)
        {
            Evict(capacity);
            if (_values.TryGetValue(key, out var found))
                return found.Value;
            Evict(capacity - 1);
            var value = create();
            _values.Add(key, (value, ++_number));
            _order.Enqueue((key, _number, time.GetTimestamp()));
            return value;
        }
    }

    /// <summary>Removes a value immediately.</summary>
    public void Remove(string key)
    {
        lock (_gate)
            _values.Remove(key);
    }

    private void Evict(int max)
    {
        while (_order.TryPeek(out var oldest) && (_order.Count > max || time.GetElapsedTime(oldest.Added) >= lifetime))
        {
            _order.Dequeue();
            // The same key may have been added again.
            if (_values.TryGetValue(oldest.Key, out var value) && value.Number == oldest.Number)
                _values.Remove(oldest.Key);
        }
    }
}
