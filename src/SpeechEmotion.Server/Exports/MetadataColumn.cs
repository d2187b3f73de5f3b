using System.Globalization;
using System.Text;

namespace SpeechEmotion.Server.Exports;

/// <summary>A column of the manifest in the tables of an export.</summary>
/// <param name="Key">The name in the manifest.</param>
/// <param name="Name">The name in the tables: <c>meta_</c> and the key; unique in any case.</param>
internal sealed record MetadataColumn(string Key, string Name)
{
    private const string Prefix = "meta_";

    /// <summary>Names the columns. A name that is already taken gets a number: <c>meta_city</c>, then <c>meta_City_2</c>.</summary>
    /// <param name="keys">The names in the manifest, in the order of the tables.</param>
    public static IReadOnlyList<MetadataColumn> Of(IEnumerable<string> keys)
    {
        // Databases do not distinguish the case of column names.
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var columns = new List<MetadataColumn>();
        foreach (var key in keys.Distinct(StringComparer.Ordinal))
        {
            var name = Prefix + Clean(key);
            for (var number = 2; !taken.Add(name); number++)
                name = string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Clean(key)}_{number}");
            columns.Add(new(key, name));
        }
        return columns;
    }

    /// <summary>Replaces line breaks and other control characters, which no tool expects in the name of a column.</summary>
    private static string Clean(string key)
    {
        var name = new StringBuilder(key.Trim());
        for (var i = 0; i < name.Length; i++)
        {
            if (char.IsControl(name[i]))
                name[i] = '_';
        }
        return name.ToString();
    }
}
