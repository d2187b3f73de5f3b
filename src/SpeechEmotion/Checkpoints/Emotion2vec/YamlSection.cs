using System.Globalization;

namespace SpeechEmotion.Checkpoints.Emotion2vec;

/// <summary>A mapping in a YAML file, whose values are asked for by type; failures name the key.</summary>
/// <param name="path">The file.</param>
/// <param name="prefix">Where in the file the mapping stands, with a dot behind, or empty.</param>
/// <param name="values">The mapping.</param>
internal sealed class YamlSection(string path, string prefix, Dictionary<string, object?> values)
{
    /// <summary>The file.</summary>
    public string Path => path;

    public bool Has(string key) => values.GetValueOrDefault(key) is not null;

    public YamlSection Section(string key) => values.GetValueOrDefault(key) is Dictionary<string, object?> inner
        ? new(path, $"{prefix}{key}.", inner)
        : throw Wrong(key, "a mapping", "映射");

    public string Text(string key) => Find(key) ?? throw Wrong(key, "a text", "文本");

    public string Text(string key, string otherwise) => Has(key) ? Text(key) : otherwise;

    public IReadOnlyList<string> Texts(string key)
    {
        if (!Has(key))
            return [];
        var items = values[key] as List<object?> ?? throw Wrong(key, "a list", "列表");
        return [.. items.Select(item => item as string ?? throw Wrong(key, "a list of texts", "文本列表"))];
    }

    public bool Flag(string key) => Find(key)?.ToUpperInvariant() switch
    {
        "TRUE" or "YES" or "ON" => true,
        "FALSE" or "NO" or "OFF" => false,
        _ => throw Wrong(key, "true or false", "true 或 false"),
    };

    public bool Flag(string key, bool otherwise) => Has(key) ? Flag(key) : otherwise;

    /// <summary>A whole number from <paramref name="least"/> to <paramref name="most"/>.</summary>
    public int Integer(string key, int least, int most)
    {
        if (!long.TryParse(Find(key), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value))
            throw Wrong(key, "a whole number", "整数");
        return value >= least && value <= most
            ? (int)value
            : throw OutOfBounds(key, value, least, most);
    }

    /// <summary>A number from <paramref name="least"/> to <paramref name="most"/>; <c>1e-05</c> is one.</summary>
    public double Number(string key, double least, double most)
    {
        if (!double.TryParse(Find(key), NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
            throw Wrong(key, "a number", "数字");
        return value >= least && value <= most ? value : throw OutOfBounds(key, value, least, most);
    }

    /// <summary>A value that the reference can handle but this library cannot.</summary>
    public Errors.CheckpointException Unsupported(string key, object value) =>
        CheckpointErrors.Unsupported(path, $"{prefix}{key}: {value} is not supported", $"不支持 {prefix}{key}: {value}");

    /// <summary>A value that is missing, or is not what it has to be.</summary>
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
