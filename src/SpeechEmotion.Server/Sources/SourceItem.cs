using System.Security.Cryptography;
using System.Text;
using SpeechEmotion.Errors;

namespace SpeechEmotion.Server.Sources;

/// <summary>One recording of a source. It is not opened yet, so it may turn out to be damaged.</summary>
/// <param name="Name">
/// The path as the user wrote it, <c>archive.zip/path/in/it.wav</c>, or the address. A batch has one item for each pair of name and
/// location.
/// </param>
/// <param name="Location">The full path of the file, or the address (<c>http://</c> or <c>https://</c>).</param>
public sealed record SourceItem(string Name, string Location)
{
    /// <summary>
    /// The longest name in bytes of UTF-8: the index of PostgreSQL has place for 2,700
    /// (https://www.postgresql.org/docs/current/btree.html).
    /// </summary>
    private const int MostBytes = 2000;

    private const int MostCharacters = 500;

    /// <summary>The name in results and reports. A longer one ends with a hash in place of the rest.</summary>
    public string Name { get; init; } = Encoding.UTF8.GetByteCount(Name) <= MostBytes ? Name : Shorten(Name);

    /// <summary>The size in bytes; null if unknown.</summary>
    public long? Size { get; init; }

    /// <summary>Bytes by which this reading has filled the disk for the recording; 0 if its file was there already.</summary>
    public long Written { get; init; }

    /// <summary>Time of the last change, in milliseconds since 1970; null if unknown.</summary>
    public long? Modified { get; init; }

    /// <summary>The further columns of a manifest; null if there are none. Column names are not empty.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    /// <summary>Why the source cannot provide this recording, for example an unsafe path in an archive; null if it can.</summary>
    public SpeechEmotionException? Error { get; init; }

    private static string Shorten(string name)
    {
        var length = char.IsHighSurrogate(name[MostCharacters - 1]) ? MostCharacters - 1 : MostCharacters;
        return $"{name[..length]}…{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..16]}";
    }
}
