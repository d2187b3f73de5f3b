using System.Globalization;

namespace SpeechEmotion.Checkpoints.Emotion2vec;

/// <summary>A mapping in a YAML file with typed access to its values; errors name the key.</summary>
/// <param name="path">The path of the file.</param>
/// <param name="prefix">The path of the mapping in the file, with a trailing dot, or empty.</param>
/// <param name="values">The entries of the mapping.</param>
internal sealed class YamlSection(string path, string prefix, Dictionary<string, object?> values)
{
    /// <summary>The path of the file.</summary>
    public string Path => path;

    public bool Has(string key) => values.GetValueOrDefault(key) is not null;

    public YamlSection Section(string key) => values.GetValueOrDefault(key) is Dictionary<string, object?> inner
        ? new(path, $"{prefix}{key}.", inner)
        : throw Wrong(key, "a mapping", "映射");

    public string Text(string key) => Find(key) ?? throw Wrong(key, "a string", "字符串");

    public string Text(string key, string otherwise) => Has(key) ? Text(key) : otherwise;

    public IReadOnlyList<string> Texts(string key)
    {
        if (!Has(key))
            return [];
        var items = values[key] as List<object?> ?? throw Wrong(key, "a list", "列表");
        return [.. items.Select(item => item as string ?? throw Wrong(key, "a list of strings", "字符串列表"))];
    }

    public bool Flag(string key) => Find(key)?.ToUpperInvariant() switch
    {
        "TRUE" or "YES" or "ON" => true,
        "FALSE" or "NO" or "OFF" => false,
        _ => throw Wrong(key, "true or false", "true 或 false"),
    };

    public bool Flag(string key, bool otherwise) => Has(key) ? Flag(key) : otherwise;

    /// <summary>Reads a whole number from <paramref name="least"/> to <paramref name="most"/>.</summary>
    public int Integer(string key, int least, int most)
    {
        if (!long.TryParse(Find(key), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value))
            throw Wrong(key, "a whole number", "整数");
        return value >= least && value <= most
            ? (int)value
            : throw OutOfBounds(key, value, least, most);
    }

    /// <summary>Reads a number from <paramref name="least"/> to <paramref name="most"/>, for example <c>1e-05</c>.</summary>
    public double Number(string key, double least, double most)
    {
        if (!double.TryParse(Find(key), NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
            throw Wrong(key, "a number", "数字");
        return value >= least && value <= most ? value : throw OutOfBounds(key, value, least, most);
    }

    /// <summary>Creates the error for a value that the reference supports but this library does not.</summary>
    public Errors.CheckpointException Unsupported(string key, object value) =>
        CheckpointErrors.Unsupported(path, $"{prefix}{key}: {value} is not supported", $"不支持 {prefix}{key}: {value}");

    /// <summary>Creates the error for a value that is missing or of the wrong type.</summary>
    public Errors.CheckpointException Wrong(string key, string wanted, string wantedZh) => Has(key)
        ? CheckpointErrors.BadConfig(path, $"{prefix}{key} is not {wanted}", $"{prefix}{key} 不是{wantedZh}")
        : CheckpointErrors.BadConfig(path, $"the key {prefix}{key} is missing", $"缺少键 {prefix}{key}");

    private string? Find(string key) => values.GetValueOrDefault(key) as string;

    private Errors.CheckpointException OutOfBounds(string key, IConvertible value, IConvertible least, IConvertible most)
    {
        var range = string.Create(CultureInfo.InvariantCulture, $"{value} ({least}..{most})");
        return Unsupported(key, range);
    }
}
