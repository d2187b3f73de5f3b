using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace SpeechEmotion.Checkpoints.Emotion2vec;

/// <summary>
/// A YAML document as mappings (Dictionary), sequences (List), strings and nulls. It is built from parser events on an explicit stack,
/// so that the cost of a hostile file is bounded by its length; anchors and aliases are rejected.
/// </summary>
internal sealed class YamlTree
{
    private const int MaxDepth = 64;

    private readonly string _path;
    private readonly Stack<object> _open = [];
    private readonly Stack<string?> _keys = [];
    private object? _root;

    private YamlTree(string path) => _path = path;

    /// <summary>Reads the root mapping of a file of at most <see cref="BoundedFile.MaxLength"/> bytes.</summary>
    /// <exception cref="Errors.CheckpointException">The file is not YAML, not a mapping, or nested too deeply.</exception>
    public static Dictionary<string, object?> Read(string path)
    {
        var tree = new YamlTree(path);
        var parser = new Parser(new StringReader(BoundedFile.ReadText(path)));
        while (tree.MoveNext(parser))
            tree.Take(parser.Current!);
        return tree._root as Dictionary<string, object?> ?? throw tree.Bad("it contains no mapping of keys", "其中没有键值映射");
    }

    private bool MoveNext(Parser parser)
    {
        try
        {
            return parser.MoveNext();
        }
        // The scanner throws InvalidOperationException for some malformed flow collections.
        catch (Exception exception) when (exception is YamlException or InvalidOperationException)
        {
            var line = parser.Current?.End.Line ?? 1;
            throw Bad($"it is not YAML (after line {line})", $"它不是有效的 YAML（第 {line} 行之后）", exception);
        }
    }

    private void Take(ParsingEvent current)
    {
        if (current is AnchorAlias or NodeEvent { Anchor.IsEmpty: false })
            throw Bad("it uses YAML anchors, which model files never do", "其中使用了模型文件不应有的 YAML 锚点");
        switch (current)
        {
            case Scalar scalar: TakeScalar(scalar); break;
            case MappingStart: Open(new Dictionary<string, object?>(StringComparer.Ordinal)); break;
            case SequenceStart: Open(new List<object?>()); break;
            case MappingEnd or SequenceEnd:
                _open.Pop();
                _keys.Pop();
                break;
            case DocumentStart when _root is not null: throw Bad("it contains several documents", "其中有多个文档");
        }
    }

    private void TakeScalar(Scalar scalar)
    {
        if (_open.TryPeek(out var parent) && parent is Dictionary<string, object?> && _keys.Peek() is null)
        {
            _keys.Pop();
            _keys.Push(scalar.Value);
            return;
        }
        var isNull = scalar is { Style: ScalarStyle.Plain, Value: "" or "~" or "null" or "Null" or "NULL" };
        Add(isNull ? null : scalar.Value);
    }

    private void Open(object container)
    {
        if (_open.Count == MaxDepth)
            throw Bad("it is nested too deeply", "嵌套过深");
        Add(container);
        _open.Push(container);
        _keys.Push(null);
    }

    private void Add(object? value)
    {
        if (!_open.TryPeek(out var parent))
        {
            _root = value;
        }
        else if (parent is List<object?> list)
        {
            list.Add(value);
        }
        else
        {
            var key = _keys.Pop() ?? throw Bad("a key is not a string", "有一个键不是字符串");
            _keys.Push(null);
            if (!((Dictionary<string, object?>)parent).TryAdd(key, value))
                throw Bad($"the key {key} occurs twice", $"键 {key} 重复");
        }
    }

    private Errors.CheckpointException Bad(string what, string whatZh, Exception? inner = null) =>
        CheckpointErrors.BadConfig(_path, what, whatZh, inner);
}
