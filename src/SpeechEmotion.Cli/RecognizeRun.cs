using SpeechEmotion.Errors;
using SpeechEmotion.Options;
using SpeechEmotion.Outputs.Json;
using SpeechEmotion.Outputs.Timelines;

namespace SpeechEmotion.Cli;

/// <summary>Recognizes files one after another with one loaded model and prints each result as soon as it is available.</summary>
internal sealed class RecognizeRun(EmotionRecognizer recognizer, Stream output, bool json, string language)
{
    /// <summary>The root of the output folders; null for none.</summary>
    public string? OutputRoot { get; init; }

    /// <summary>The formats of a timeline in addition to timeline.csv.</summary>
    public IReadOnlyList<TimelineFormat> Exports { get; init; } = [];

    public required RecognitionOptions Options { get; init; }

    /// <summary>Returns the exit code: a failed file does not stop the others.</summary>
    public async Task<int> AllAsync(IEnumerable<string> files, CancellationToken ct)
    {
        var (code, count) = (ExitCode.Success, 0);
        var inputs = files.Select(file => new RecordingInput(file, file == "-" ? StandardInput.Open : null));
        await foreach (var outcome in recognizer.RecognizeManyAsync(
            inputs, Options, OutputRoot, new() { Exports = Exports, Language = language }, ct))
        {
            count++;
            if (outcome.Error is { } error)
            {
                code = Math.Max(code, error is ModelException ? ExitCode.ModelTrouble : ExitCode.SomeFailed);
                Fail(outcome.Name, error);
            }
            else if (json)
                RecognitionJson.WriteLine(output, outcome.Name, outcome.Recognition!, outcome.Folder);
            else
                Print(RecognitionTable.Of(outcome.Name, outcome.Recognition!, outcome.Folder, language));
        }
        if (count > 0)
            return code;
        Console.Error.WriteLine(language == "zh" ? "文件夹里没有录音。" : "There are no recordings in the folder.");
        return ExitCode.SomeFailed;
    }

    private void Fail(string file, SpeechEmotionException error)
    {
        if (json)
            RecognitionJson.WriteError(output, file, error, language);
        else
            Console.Error.WriteLine($"{file}: {error.MessageIn(language)} [{error.Code}]");
    }

    private void Print(string text)
    {
        output.Write(System.Text.Encoding.UTF8.GetBytes(text));
        output.Flush();
    }
}
