using System.Globalization;

namespace SpeechEmotion.Server.Sources.Manifests;

/// <summary>The names of metadata columns: never empty, and all different.</summary>
internal static class ColumnNames
{
    /// <summary>Completes the names of a header: one without a name gets its position, and a repeated one a number.</summary>
    public static string[] Of(IReadOnlyList<string> header)
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        var names = new string[header.Count];
        for (var i = 0; i < names.Length; i++)
        {
            var name = header[i].Trim();
            if (name.Length == 0)
                name = string.Create(CultureInfo.InvariantCulture, $"column_{i + 1}");
            if (name.Length > ManifestRow.MaxValue)
                name = name[..ManifestRow.MaxValue];
            names[i] = name;
            for (var number = 2; !known.Add(names[i]); number++)
                names[i] = string.Create(CultureInfo.InvariantCulture, $"{name}_{number}");
        }
        return names;
    }
}
