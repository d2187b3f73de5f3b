// Recognizes all recordings of a folder with one loaded model; a damaged file does not stop the others.
using SpeechEmotion;
using SpeechEmotion.Audio.Files;

using var recognizer = EmotionRecognizer.Load();
var files = RecordingFolder.Read(args[0]).Recordings;

await foreach (var file in recognizer.RecognizeManyAsync(files))
{
    Console.WriteLine(file.Recognition is { } result
        ? $"{Path.GetFileName(file.Name)}: {result.Emotion} {result.Confidence:P1}"
        : $"{Path.GetFileName(file.Name)}: {file.Error!.Message} [{file.Error.Code}]");
}
