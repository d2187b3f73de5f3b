using System.Collections;

namespace SpeechEmotion.Server.Tests.Deployment;

/// <summary>A mapping of a YAML document.</summary>
/// <param name="values">Its keys and values.</param>
internal sealed class YamlMap(IDictionary values)
{
    /// <summary>The keys.</summary>
    public IEnumerable<string> Keys => values.Keys.Cast<string>();

    /// <summary>A mapping in it.</summary>
    public YamlMap this[string key] => new((IDictionary)values[key]!);

    /// <summary>Whether it has a key.</summary>
    public bool Has(string key) => values.Contains(key);

    /// <summary>A scalar as it is written; null if there is none.</summary>
    public string? Text(string key) => values[key] as string;

    /// <summary>The scalars of a list; empty if there is none.</summary>
    public string[] List(string key) => values[key] is IList list ? [.. list.Cast<string>()] : [];

    /// <summary>The mappings of a list; empty if there is none.</summary>
    public YamlMap[] Maps(string key) => values[key] is IList list ? [.. list.Cast<IDictionary>().Select(map => new YamlMap(map))] : [];
}
