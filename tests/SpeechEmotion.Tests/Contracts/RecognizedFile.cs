using System.Text;
using SpeechEmotion.Cli;
using SpeechEmotion.Options;
using SpeechEmotion.Outputs.Timelines;
using SpeechEmotion.Tests.Support;

namespace SpeechEmotion.Tests.Contracts;

/// <summary>The output of <c>ser recognize --json --output</c> for one file: a line, and an output folder if there is a result.</summary>
internal sealed class RecognizedFile : IDisposable
{
    private readonly TemporaryFolder _root = new();

    public RecognizedFile(string path, RecognitionOptions? options = null)
    {
        using var output = new MemoryStream();
        var run = new RecognizeRun(CompactModel.Recognizer, output, json: true, "en")
        {
            OutputRoot = _root.Path,
            Exports = [TimelineFormat.Json],
            Options = options ?? new(),
        };
        run.AllAsync([path], CancellationToken.None).GetAwaiter().GetResult();
        Line = Encoding.UTF8.GetString(output.ToArray());
    }

    public string Line { get; }

    public string ResultJson => Read("result.json");

    public string TimelineJson => Read("timeline.json");

    public void Dispose() => _root.Dispose();

    private string Read(string name) => File.ReadAllText(Directory.GetFiles(_root.Path, name, SearchOption.AllDirectories).Single());
}
