using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace SpeechEmotion.Server.Gradio;

/// <summary>
/// Parses the output of Python's <c>str([None, 'utterance', False])</c>: lists, tuples, strings, numbers and the three names.
/// Nothing is evaluated; length and depth are limited.
/// </summary>
internal sealed class PythonLiteral
{
    private const int MaxLength = 64 * 1024;
    private const int MaxDepth = 8;

    private readonly string _text;
    private int _at;

    private PythonLiteral(string text) => _text = text;

    private char Next => _at < _text.Length ? _text[_at] : '\0';

    /// <summary>Parses a list; null if the text is anything else.</summary>
    public static JsonArray? ReadList(string text)
    {
        if (text.Length > MaxLength)
            return null;
        var reader = new PythonLiteral(text);
        try
        {
            var list = reader.Value(0) as JsonArray;
            reader.SkipSpace();
            return reader._at == text.Length ? list : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private JsonNode? Value(int depth)
    {
        SkipSpace();
        return Next switch
        {
            '[' when depth < MaxDepth => List(']', depth),
            '(' when depth < MaxDepth => List(')', depth),
            '\'' or '"' => JsonValue.Create(Text()),
            '-' or '.' or (>= '0' and <= '9') => Number(),
            _ => Name(),
        };
    }

    private JsonArray List(char close, int depth)
    {
        _at++;
        var list = new JsonArray();
        for (SkipSpace(); Next != close; SkipSpace())
        {
            list.Add(Value(depth + 1));
            SkipSpace();
            if (Next == ',')
                _at++;
            else if (Next != close)
                throw new FormatException();
        }
        _at++;
        return list;
    }

    private string Text()
    {
        var quote = _text[_at++];
        var text = new StringBuilder();
        while (Next != quote)
        {
            if (Next is '\0' or '\n')
                throw new FormatException();
            var c = _text[_at++];
            text.Append(c == '\\' ? Escaped() : c);
        }
        _at++;
        return text.ToString();
    }

    private char Escaped()
    {
        var c = Next;
        _at++;
        return c switch
        {
            '\\' or '\'' or '"' => c,
            'n' => '\n',
            't' => '\t',
            'r' => '\r',
            'x' => Code(2),
            'u' => Code(4),
            _ => throw new FormatException(),
        };
    }

    private char Code(int digits)
    {
        if (_at + digits > _text.Length)
            throw new FormatException();
        var code = ushort.Parse(_text.AsSpan(_at, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        _at += digits;
        return (char)code;
    }

    private JsonValue Number()
    {
        var start = _at;
        while (char.IsAsciiLetterOrDigit(Next) || Next is '+' or '-' or '.')
            _at++;
        return double.TryParse(_text.AsSpan(start.._at), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && double.IsFinite(number)
            ? JsonValue.Create(number)
            : throw new FormatException();
    }

    private JsonValue? Name()
    {
        var start = _at;
        while (char.IsAsciiLetter(Next))
            _at++;
        return _text[start.._at] switch
        {
            "None" => null,
            "True" => JsonValue.Create(true),
            "False" => JsonValue.Create(false),
            _ => throw new FormatException(),
        };
    }

    private void SkipSpace()
    {
        while (Next is ' ' or '\t' or '\n' or '\r')
            _at++;
    }
}
