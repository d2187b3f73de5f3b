using SpeechEmotion.Results;
using SpeechEmotion.Storage;

namespace SpeechEmotion.Outputs;

/// <summary>The number of bytes that an output folder takes on the disk.</summary>
internal static class OutputSize
{
    /// <summary>16 kHz, mono, 16 bits.</summary>
    public const long WaveformBytesPerSecond = SampleRate.Hz * sizeof(short);

    private const int FramesPerSecond = 50;

    /// <summary>The bytes in <c>result.json</c>; measured: 10.5 kB.</summary>
    private const long FrameScoreBytesPerSecond = 12_000;

    /// <summary>The timeline, the result and the file system's own rounding.</summary>
    private const long FixedBytes = 32 << 10;

    /// <summary>Estimates the size for a recording, before any of it is written.</summary>
    /// <param name="duration">The length of the recording.</param>
    /// <param name="granularity">The granularity; frames add their scores to <c>result.json</c>.</param>
    /// <param name="embeddingDimension">The length of one row of the embedding; 0 if none is written.</param>
    public static long Estimate(TimeSpan duration, Granularity granularity = Granularity.Utterance, int embeddingDimension = 0)
    {
        var frames = granularity == Granularity.Frame;
        var perFrame = FrameScoreBytesPerSecond + ((long)embeddingDimension * sizeof(float) * FramesPerSecond);
        var perSecond = WaveformBytesPerSecond + (frames ? perFrame : 0);
        return FixedBytes + ((long)embeddingDimension * sizeof(float)) + (long)(duration.TotalSeconds * perSecond);
    }

    /// <summary>Adds up the sizes of the files in a folder. Ignores links, and files that disappear meanwhile.</summary>
    /// <returns>The number of bytes; 0 if the folder does not exist.</returns>
    public static long Of(string folder)
    {
        if (PlainFile.IsLink(folder))
            return 0;
        var options = new EnumerationOptions
        {
            AttributesToSkip = FileAttributes.ReparsePoint,
            RecurseSubdirectories = true,
            IgnoreInaccessible = true,
        };
        try
        {
            return new DirectoryInfo(folder).EnumerateFiles("*", options).Sum(LengthOf);
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private static long LengthOf(FileInfo file)
    {
        try
        {
            return file.Length;
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
