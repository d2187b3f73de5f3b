// Recognizes all recordings of a folder on a server: RecognizeFolder http://localhost:7860 calls/2026 calls-2026
// The last argument is the key of the batch: stop the program at any moment, and the same line continues.
using SpeechEmotion.Client;
using SpeechEmotion.Client.Options;
using SpeechEmotion.Client.Results;

using var client = new SpeechEmotionClient(new Uri(args[0]), Environment.GetEnvironmentVariable("SER_API_KEY"));
var progress = new Progress<BatchProgress>(now =>
    Console.Error.Write($"\r{now.Sent + now.Skipped} sent, {now.Batch.Succeeded + now.Batch.Failed} of {now.Batch.Items} done "));

var batch = await client.RunBatchAsync(args[1], new() { Key = args[2], Name = Path.GetFileName(args[1]) }, progress);

await foreach (var item in client.Batches.ItemsAsync(batch.Id, new() { Sort = BatchItemOrder.Name }))
    Console.WriteLine($"{item.Name,-40} {item.Error?.Message ?? $"{item.Emotion,-10} {item.Confidence:P1}"}");
Console.WriteLine($"{batch.Succeeded} recognized, {batch.Failed} failed");
