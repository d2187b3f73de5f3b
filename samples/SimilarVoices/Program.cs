// Compares the emotional tone of recordings by the cosine of their embeddings: dotnet run -- a.wav b.wav c.wav
using System.Numerics.Tensors;
using SpeechEmotion;

using var recognizer = EmotionRecognizer.Load();
var embeddings = args.Select(path => recognizer.Recognize(path, new() { Embedding = true }).Embedding!.Values).ToArray();

for (var i = 1; i < args.Length; i++)
{
    var cosine = TensorPrimitives.CosineSimilarity(embeddings[0].Span, embeddings[i].Span);
    Console.WriteLine($"{Path.GetFileName(args[0])} and {Path.GetFileName(args[i])}: {cosine:F3}");
}
