namespace SpeechEmotion.Checkpoints.Pickle;

/// <summary>The working memory of the pickle machine: its stack, the marks in it, and the memo.</summary>
internal sealed class PickleStack(FileCursor cursor, int maxMemo)
{
    private readonly List<object?> _items = [];
    private readonly List<int> _marks = [];
    private readonly List<object?> _memo = [];

    public void Push(object? value) => _items.Add(value);

    public void Mark() => _marks.Add(_items.Count);

    public object? Peek() => _items.Count > Floor ? _items[^1] : throw Underflow();

    public object? Pop()
    {
        var value = Peek();
        _items.RemoveAt(_items.Count - 1);
        return value;
    }

    public object?[] Pop(int count)
    {
        if (_items.Count - Floor < count)
            throw Underflow();
        return TakeFrom(_items.Count - count);
    }

    /// <summary>Pops everything above the last mark, and the mark.</summary>
    public object?[] PopToMark()
    {
        if (_marks.Count == 0)
            throw Underflow();
        var from = Floor;
        _marks.RemoveAt(_marks.Count - 1);
        return TakeFrom(from);
    }

    /// <summary>Pops one item. Like Python's POP, it removes a mark that has nothing above it.</summary>
    public void Discard()
    {
        if (_marks.Count > 0 && _items.Count == Floor)
            _marks.RemoveAt(_marks.Count - 1);
        else
            Pop();
    }

    public void Memoize() => Memoize(_memo.Count);

    public void Memoize(uint index)
    {
        // Picklers count the memo up from 0, so no pickler writes an index beyond the number of operations.
        if (index >= maxMemo)
            throw CheckpointErrors.DamagedAt(cursor.Path, cursor.Position, "a memo index is too large", "备忘索引过大");
        Memoize((int)index);
    }

    public object? Recall(uint index) => index < _memo.Count
        ? _memo[(int)index]
        : throw CheckpointErrors.DamagedAt(cursor.Path, cursor.Position, "a memo entry is missing", "缺少备忘条目");

    private int Floor => _marks.Count == 0 ? 0 : _marks[^1];

    private void Memoize(int index)
    {
        var value = Peek();
        while (_memo.Count <= index)
            _memo.Add(null);
        _memo[index] = value;
    }

    private object?[] TakeFrom(int index)
    {
        var count = _items.Count - index;
        if (count == 0)
            return [];
        var taken = new object?[count];
        _items.CopyTo(index, taken, 0, count);
        _items.RemoveRange(index, count);
        return taken;
    }

    private Errors.CheckpointException Underflow() =>
        CheckpointErrors.DamagedAt(cursor.Path, cursor.Position, "the pickle pops more than it has pushed", "pickle 栈下溢");
}
