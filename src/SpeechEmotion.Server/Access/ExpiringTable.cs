namespace SpeechEmotion.Server.Access;

/// <summary>Values that are forgotten after a while, the oldest of them sooner where there are too many.</summary>
/// <param name="capacity">How many are kept at most.</param>
/// <param name="life">How long each is kept.</param>
/// <param name="time">The clock.</param>
internal sealed class ExpiringTable<TValue>(int capacity, TimeSpan life, TimeProvider time)
    where TValue : class
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, (TValue Value, long Number)> _values = [];
    private readonly Queue<(string Key, long Number, long Added)> _order = new();
    private long _number;

    /// <summary>How many are kept now.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                Forget(capacity);
                return _values.Count;
            }
        }
    }

    /// <summary>The value of a key; null where there is none any more.</summary>
    public TValue? Find(string key)
    {
        lock (_gate)
        {
            Forget(capacity);
            return _values.TryGetValue(key, out var found) ? found.Value : null;
        }
    }

    /// <summary>The value of a key; where there is none, a new one.</summary>
    public TValue FindOrAdd(string key, Func<TValue> make)
    {
        lock (_gate)
        {
            Forget(capacity);
            if (_values.TryGetValue(key, out var found))
                return found.Value;
            Forget(capacity - 1);
            var value = make();
            _values.Add(key, (value, ++_number));
            _order.Enqueue((key, _number, time.GetTimestamp()));
            return value;
        }
    }

    /// <summary>Forgets one at once.</summary>
    public void Remove(string key)
    {
        lock (_gate)
            _values.Remove(key);
    }

    private void Forget(int most)
    {
        while (_order.TryPeek(out var oldest) && (_order.Count > most || time.GetElapsedTime(oldest.Added) >= life))
        {
            _order.Dequeue();
            // The same key may have been added anew.
            if (_values.TryGetValue(oldest.Key, out var value) && value.Number == oldest.Number)
                _values.Remove(oldest.Key);
        }
    }
}
