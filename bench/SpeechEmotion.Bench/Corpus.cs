using SpeechEmotion.Audio;
using SpeechEmotion.Results;

namespace SpeechEmotion.Bench;

/// <summary>A labeled corpus: a folder of clips with its manifest.csv.</summary>
internal static class Corpus
{
    /// <summary>The clips, in the manifest's order.</summary>
    public static CorpusClip[] Clips(string folder) =>
    [
        .. File.ReadLines(Path.Combine(folder, "manifest.csv")).Skip(1).Select(line => line.Split(','))
            .Select(cells => new CorpusClip(
                Path.Combine(folder, cells[0]), cells[1], $"{cells[1]} {cells[3]}", EmotionNames.FromKey(cells[5])!.Value)),
    ];

    /// <summary>Reads a recording as the input of a model: 16 kHz, mono.</summary>
    public static float[] Read(string path)
    {
        using var waveform = new WaveformReader(AudioFile.Open(path));
        var samples = new List<float>();
        var block = new float[16000];
        for (var read = waveform.Read(block); read > 0; read = waveform.Read(block))
            samples.AddRange(block.AsSpan(0, read));
        return [.. samples];
    }
}
