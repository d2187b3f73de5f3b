using System.Globalization;
using SpeechEmotion.Options;
using SpeechEmotion.Tests.Support;

namespace SpeechEmotion.Server.Tests.Support;

/// <summary>A folder with recordings and the output folder of a batch.</summary>
internal sealed class BatchFolder : IDisposable
{
    private const int ClipSamples = 16000;

    private readonly TemporaryFolder _folder = new();

    public BatchFolder() => Directory.CreateDirectory(Recordings);

    /// <summary>The folder of the recordings.</summary>
    public string Recordings => File("recordings");

    /// <summary>The output folder.</summary>
    public string Output => File("results");

    /// <summary>A request for the output folder.</summary>
    public BatchRequest Request => BatchProcess.Request(Output);

    public string File(string name) => _folder.File(name);

    public string Recording(string name) => Path.Combine(Recordings, name);

    public string Result(string name) => Path.Combine(Output, name);

    /// <summary>Writes clips of about a second of speech, each with other bytes.</summary>
    public void LaySpeech(int count, int first = 0)
    {
        for (var i = first; i < first + count; i++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"{i:D4}.wav");
            System.IO.File.WriteAllBytes(
                Recording(name), Support.Recordings.Wav(Support.Recordings.SpeechSamples.Slice(8000, ClipSamples + i)));
        }
    }

    /// <summary>Creates a recording outside the folder for each that a batch recognizes at once: together they hold it.</summary>
    public HeldRecording[] Hold() =>
        [.. Enumerable.Range(0, Environment.ProcessorCount).Select(i => HeldRecording.Create(File($"held-{i}.wav")))];

    public void Dispose() => _folder.Dispose();
}
