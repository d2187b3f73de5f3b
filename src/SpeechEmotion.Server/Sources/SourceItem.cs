using SpeechEmotion.Errors;

namespace SpeechEmotion.Server.Sources;

/// <summary>One recording of a source. It is not opened yet, so it may turn out to be damaged.</summary>
/// <param name="Name">
/// The name in results and reports: the path as the user wrote it, <c>archive.zip/path/in/it.wav</c>, or the address. A batch has one
/// item for each pair of name and location.
/// </param>
/// <param name="Location">The full path of the file, or the address (<c>http://</c> or <c>https://</c>).</param>
public sealed record SourceItem(string Name, string Location)
{
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
}
