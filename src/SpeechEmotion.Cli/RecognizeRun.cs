using SpeechEmotion.Audio;
using SpeechEmotion.Errors;
using SpeechEmotion.Outputs;

namespace SpeechEmotion.Cli;

/// <summary>Recognises files one after another over one loaded model and prints each result as soon as it is there.</summary>
internal sealed class RecognizeRun(EmotionRecognizer recognizer, Stream output, bool json, string language)
{
    /// <summary>Where output folders go; null for none.</summary>
    public string? OutputRoot { get; init; }

    /// <summary>Files of a timeline beside timeline.csv.</summary>
    public IReadOnlyList<TimelineFormat> Exports { get; init; } = [];

    public required RecognitionOptions Options { get; init; }

    /// <summary>Returns the exit code: one bad file does not stop the rest.</summary>
    public int All(IEnumerable<string> files, CancellationToken ct)
    {
        var (code, count) = (ExitCode.Success, 0);
        foreach (var file in files)
        {
            count++;
            try
            {
                One(file, ct);
            }
            catch (SpeechEmotionException e)
            {
                code = Math.Max(code, e is ModelException ? ExitCode.ModelTrouble : ExitCode.SomeFailed);
                Fail(file, e);
            }
        }
        if (count > 0)
            return code;
        Console.Error.WriteLine(language == "zh" ? "文件夹里没有录音。" : "There are no recordings in the folder.");
        return ExitCode.SomeFailed;
    }

    private void One(string file, CancellationToken ct)
    {
        using var recording = file == "-"
            ? AudioFile.Open(StandardInput.Open(), "audio", Options.Limits, ct)
            : AudioFile.Open(file, Options.Limits, ct);
        using var folder = OutputRoot is null
            ? null
            : OutputFolder.Create(OutputRoot, new()
            {
                ExpectedBytes = OutputSize.Estimate(
                    recording.Format.Duration ?? TimeSpan.Zero, Options.Granularity, Options.Embedding ? recognizer.Model.Dimension : 0),
                Embedding = Options.Embedding,
                Source = file == "-" ? null : Path.GetFileName(file),
                Exports = Exports,
                Language = language,
            });
        var recognition = recognizer.Recognize(recording, Options with { Sink = folder }, ct);
        var written = folder?.Commit(recognition);
        recognition = recognition with { Provenance = recognition.Provenance with { ProcessedAudio = folder?.ProcessedAudio } };
        if (json)
            RecognitionJson.WriteLine(output, file, recognition, written);
        else
            Print(RecognitionTable.Of(file, recognition, written, language));
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
