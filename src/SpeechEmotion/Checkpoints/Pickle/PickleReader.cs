using System.Buffers.Binary;
using System.Numerics;
using System.Text;
using SpeechEmotion.Checkpoints.Torch;

namespace SpeechEmotion.Checkpoints.Pickle;

/// <summary>
/// Reads one Python pickle (protocol 2 to 5) as data. Nothing is imported or called: see <see cref="TorchObjects"/>. The reader does
/// not recurse, and the limit on operations bounds time, stack and memo.
/// </summary>
/// <remarks>
/// Values are null, bool, long, double, <see cref="BigInteger"/>, string, object?[] (tuple), List (list),
/// <see cref="PickleDictionary"/>, <see cref="TorchStorage"/>, <see cref="TorchTensor"/> or <see cref="PickleOpaque"/>.
/// </remarks>
internal sealed class PickleReader
{
    /// <summary>The largest accepted pickle, in bytes. The pickle of a released checkpoint has about 100 kB.</summary>
    public const int MaxLength = 64 << 20;

    // A released checkpoint with its optimizer takes about 20 000.
    private const int MaxOperations = 2_000_000;
    private const int MaxText = 4096;
    private const int MaxGlobalName = 256;

    private static readonly object Nothing = new();
    private static readonly object True = true;
    private static readonly object False = false;

    private readonly FileCursor _cursor;
    private readonly TorchObjects _objects;
    private readonly PickleStack _stack;

    private PickleReader(FileCursor cursor, TorchObjects objects)
    {
        _cursor = cursor;
        _objects = objects;
        _stack = new(cursor, MaxOperations);
    }

    /// <summary>Reads up to and including the STOP opcode.</summary>
    /// <exception cref="Errors.CheckpointException">The pickle is damaged or exceeds the limits.</exception>
    public static object? Read(FileCursor cursor, TorchObjects objects) => new PickleReader(cursor, objects).Run();

    private object? Run()
    {
        for (var operations = 0; operations < MaxOperations; operations++)
        {
            var opcode = (PickleOpcode)_cursor.ReadByte();
            if (opcode == PickleOpcode.Stop)
                return _stack.Pop();
            var literal = Literal(opcode);
            if (literal != Nothing)
                _stack.Push(literal);
            else if (!Rearrange(opcode) && !Collect(opcode) && !Construct(opcode))
                throw Damaged($"unknown pickle opcode 0x{(byte)opcode:x2}", $"未知的 pickle 操作码 0x{(byte)opcode:x2}");
        }
        throw Damaged("the pickle is far larger than that of any model", "pickle 远大于任何模型应有的大小");
    }

    private object? Literal(PickleOpcode opcode) => opcode switch
    {
        PickleOpcode.None => null,
        PickleOpcode.NewTrue => True,
        PickleOpcode.NewFalse => False,
        PickleOpcode.BinInt => (long)_cursor.ReadInt32(),
        PickleOpcode.BinInt1 => (long)_cursor.ReadByte(),
        PickleOpcode.BinInt2 => (long)BinaryPrimitives.ReadUInt16LittleEndian(_cursor.Read(2)),
        PickleOpcode.Long1 => Integer(_cursor.ReadByte()),
        PickleOpcode.Long4 => Integer(_cursor.ReadInt32()),
        PickleOpcode.BinFloat => BinaryPrimitives.ReadDoubleBigEndian(_cursor.Read(8)),
        PickleOpcode.BinUnicode or PickleOpcode.BinString => Text((uint)_cursor.ReadInt32()),
        PickleOpcode.ShortBinUnicode or PickleOpcode.ShortBinString => Text(_cursor.ReadByte()),
        PickleOpcode.BinUnicode8 => Text(_cursor.ReadInt64()),
        PickleOpcode.BinBytes => Bytes((uint)_cursor.ReadInt32()),
        PickleOpcode.ShortBinBytes => Bytes(_cursor.ReadByte()),
        PickleOpcode.BinBytes8 or PickleOpcode.ByteArray8 => Bytes(_cursor.ReadInt64()),
        PickleOpcode.EmptyTuple => Array.Empty<object?>(),
        PickleOpcode.EmptyList => new List<object?>(),
        PickleOpcode.EmptyDict => new PickleDictionary(),
        PickleOpcode.EmptySet or PickleOpcode.NextBuffer => PickleOpaque.Instance,
        PickleOpcode.Ext1 => Bytes(1),
        PickleOpcode.Ext2 => Bytes(2),
        PickleOpcode.Ext4 => Bytes(4),
        PickleOpcode.BinGet => _stack.Recall(_cursor.ReadByte()),
        PickleOpcode.LongBinGet => _stack.Recall((uint)_cursor.ReadInt32()),
        PickleOpcode.Global => TorchObjects.Global(Line(), Line()),
        _ => Nothing,
    };

    private bool Rearrange(PickleOpcode opcode)
    {
        switch (opcode)
        {
            case PickleOpcode.Mark: _stack.Mark(); break;
            case PickleOpcode.Pop: _stack.Discard(); break;
            case PickleOpcode.PopMark: _stack.PopToMark(); break;
            case PickleOpcode.Dup: _stack.Push(_stack.Peek()); break;
            case PickleOpcode.BinPut: _stack.Memoize(_cursor.ReadByte()); break;
            case PickleOpcode.LongBinPut: _stack.Memoize((uint)_cursor.ReadInt32()); break;
            case PickleOpcode.Memoize: _stack.Memoize(); break;
            case PickleOpcode.Frame: _cursor.Skip(8); break;
            case PickleOpcode.ReadOnlyBuffer: break;
            case PickleOpcode.Proto: CheckProtocol(_cursor.ReadByte()); break;
            default: return false;
        }
        return true;
    }

    private bool Collect(PickleOpcode opcode)
    {
        switch (opcode)
        {
            case PickleOpcode.Tuple: _stack.Push(_stack.PopToMark()); break;
            case PickleOpcode.Tuple1: _stack.Push(_stack.Pop(1)); break;
            case PickleOpcode.Tuple2: _stack.Push(_stack.Pop(2)); break;
            case PickleOpcode.Tuple3: _stack.Push(_stack.Pop(3)); break;
            case PickleOpcode.Append: Append(_stack.Pop(1)); break;
            case PickleOpcode.Appends: Append(_stack.PopToMark()); break;
            case PickleOpcode.SetItem: SetItems(_stack.Pop(2)); break;
            case PickleOpcode.SetItems: SetItems(_stack.PopToMark()); break;
            case PickleOpcode.AddItems: _stack.PopToMark(); _stack.Peek(); break;
            case PickleOpcode.FrozenSet: _stack.PopToMark(); _stack.Push(PickleOpaque.Instance); break;
            default: return false;
        }
        return true;
    }

    private bool Construct(PickleOpcode opcode)
    {
        switch (opcode)
        {
            case PickleOpcode.Reduce: _stack.Push(Call(_stack.Pop(2))); break;
            case PickleOpcode.BinPersId: _stack.Push(_objects.Persistent(_stack.Pop())); break;
            case PickleOpcode.StackGlobal: _stack.Push(StackGlobal(_stack.Pop(2))); break;
            case PickleOpcode.NewObj: _stack.Pop(2); _stack.Push(PickleOpaque.Instance); break;
            case PickleOpcode.NewObjEx: _stack.Pop(3); _stack.Push(PickleOpaque.Instance); break;
            // The state of an object (a state dictionary's _metadata, a module's fields) is not needed.
            case PickleOpcode.Build: _stack.Pop(); _stack.Peek(); break;
            default: return false;
        }
        return true;
    }

    private void Append(object?[] items)
    {
        if (_stack.Peek() is List<object?> list)
            list.AddRange(items);
    }

    private void SetItems(object?[] items)
    {
        if (items.Length % 2 != 0)
            throw Damaged("a dictionary has a key without a value", "字典中有键无值");
        if (_stack.Peek() is not PickleDictionary dictionary)
            return;
        for (var i = 0; i < items.Length; i += 2)
            dictionary.Set(items[i], items[i + 1]);
    }

    private static object? Call(object?[] pair) => TorchObjects.Call(pair[0], pair[1]);

    private static object StackGlobal(object?[] names) =>
        names is [string module, string name] ? TorchObjects.Global(module, name) : PickleOpaque.Instance;

    private void CheckProtocol(byte protocol)
    {
        if (protocol is < 2 or > 5)
            throw Damaged($"unknown pickle protocol {protocol}", $"未知的 pickle 协议 {protocol}");
    }

    private object Integer(int length)
    {
        if (length is < 0 or > 16)
            return Bytes(length);
        var value = new BigInteger(_cursor.Read(length));
        return value >= long.MinValue && value <= long.MaxValue ? (object)(long)value : value;
    }

    // A longer string is not a key or a name, and nothing else is read.
    private object Text(long length) =>
        length is >= 0 and <= MaxText ? Encoding.UTF8.GetString(_cursor.Read((int)length)) : Bytes(length);

    private PickleOpaque Bytes(long length)
    {
        _cursor.Skip(length);
        return PickleOpaque.Instance;
    }

    private string Line()
    {
        var text = new StringBuilder();
        for (var b = _cursor.ReadByte(); b != '\n'; b = _cursor.ReadByte())
        {
            if (text.Length == MaxGlobalName)
                throw Damaged("the name of a Python class is too long", "Python 类名过长");
            text.Append((char)b);
        }
        return text.ToString();
    }

    private Errors.CheckpointException Damaged(string what, string whatZh) =>
        CheckpointErrors.DamagedAt(_cursor.Path, _cursor.Position, what, whatZh);
}
