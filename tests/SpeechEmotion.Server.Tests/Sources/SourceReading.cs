using SpeechEmotion.Errors;
using SpeechEmotion.Server.Sources;
using SpeechEmotion.Server.Tests.Support;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Sources;

/// <summary>Reads sources in a test's folder.</summary>
internal static class SourceReading
{
    /// <summary>A recording of a tenth of a second.</summary>
    public static byte[] Wav { get; } = Recordings.Wav(new short[1600]);

    public static SourceOptions Options(TemporaryFolder folder) => new() { UnpackTo = folder.File(".ser/unpacked") };

    public static SourceItem[] Read(TemporaryFolder folder, params string[] sources) => Read(Options(folder), sources);

    public static SourceItem[] Read(SourceOptions options, params string[] sources) =>
        [.. RecordingSource.Read(sources, options, TestContext.Current.CancellationToken)];

    /// <summary>Takes items until the reading fails.</summary>
    public static (List<SourceItem> Items, SpeechEmotionException? Failure) ReadUntilFailure(SourceOptions options, params string[] sources)
    {
        List<SourceItem> items = [];
        try
        {
            foreach (var item in RecordingSource.Read(sources, options, TestContext.Current.CancellationToken))
                items.Add(item);
            return (items, null);
        }
        catch (SpeechEmotionException failure)
        {
            return (items, failure);
        }
    }

    /// <summary>Writes a file, and its folder if there is none.</summary>
    public static string Write(TemporaryFolder folder, string name, byte[]? content = null)
    {
        var path = folder.File(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content ?? Wav);
        return path;
    }
}
