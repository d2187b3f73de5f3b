using System.Globalization;
using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace SpeechEmotion.Server.Sources.Archives;

/// <summary>
/// Makes the names of one archive unique, in the same way each time it is read. It keeps hashes of 64 bits, not the names: 30 MB for a
/// million.
/// </summary>
internal sealed class UniqueNames
{
    /// <summary>How often each name was asked for.</summary>
    private readonly Dictionary<ulong, int> _known = [];

    /// <summary>Returns the name, or for a repeated one the name with a number: <c>a.wav (2)</c>.</summary>
    public string Add(string name)
    {
        var hash = HashOf(name);
        if (_known.TryAdd(hash, 1))
            return name;
        while (true)
        {
            var number = ++CollectionsMarshal.GetValueRefOrNullRef(_known, hash);
            var numbered = string.Create(CultureInfo.InvariantCulture, $"{name} ({number})");
            // An entry may have such a name itself.
            if (_known.TryAdd(HashOf(numbered), 1))
                return numbered;
        }
    }

    private static ulong HashOf(string name) => XxHash3.HashToUInt64(MemoryMarshal.AsBytes(name.AsSpan()));
}
