// Writes subtitles that name the emotion of each segment of speech: dotnet run -- talk.mp4 talk.srt
using SpeechEmotion;
using SpeechEmotion.Options;
using SpeechEmotion.Outputs.Timelines;

using var recognizer = EmotionRecognizer.Load();
var result = recognizer.Recognize(args[0], new() { Segments = SegmentationMode.Always });

using var file = File.Create(args[1]);
TimelineFile.Write(file, result.Timeline!, TimelineFormat.Srt, result.Duration, language: "en");
Console.WriteLine($"{result.Timeline!.Segments.Count} segments, mostly {result.Timeline.Summary.Dominant}");
