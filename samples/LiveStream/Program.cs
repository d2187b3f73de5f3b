// Recognizes raw samples while they arrive, as from a microphone:
//   arecord -t raw -f S16_LE -r 16000 | dotnet run
using System.Runtime.InteropServices;
using SpeechEmotion;
using SpeechEmotion.Live;

using var recognizer = EmotionRecognizer.Load();
var live = new LiveRecognition(recognizer, new() { SampleRate = 16_000 });
using var input = Console.OpenStandardInput();
var block = new byte[3_200]; // 100 ms

for (int read; (read = input.ReadAtLeast(block, block.Length, throwOnEndOfStream: false)) > 0;)
    Print(live.Add(ToFloats(block.AsSpan(0, read & ~1))));
Print(live.Complete());

static float[] ToFloats(ReadOnlySpan<byte> bytes) =>
    Array.ConvertAll(MemoryMarshal.Cast<byte, short>(bytes).ToArray(), sample => sample / 32768f);

static void Print(IEnumerable<LiveResult> results)
{
    // Partial results change with the next window; segments are final.
    foreach (var result in results.OfType<LiveSegment>())
        Console.WriteLine($"{result.Start:F2}-{result.End:F2} s: {result.Segment.Emotion} {result.Segment.Confidence:P0}");
}
