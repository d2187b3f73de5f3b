using SpeechEmotion;

using var recognizer = EmotionRecognizer.Load();
var result = recognizer.Recognize(args[0]);
Console.WriteLine($"{result.Emotion} {result.Confidence:P1} ({result.Model.Id})");
