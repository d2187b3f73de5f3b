using System.Numerics.Tensors;

namespace SpeechEmotion.Bench;

/// <summary>Joins clips of one speaker into conversations, deterministically.</summary>
/// <param name="folder">A labeled corpus with its manifest.csv.</param>
/// <param name="longestPause">The longest pause in seconds; pauses are drawn between 0 and this.</param>
internal sealed class ConversationMaker(string folder, double longestPause)
{
    private const int Rate = 16000;
    private const int ClipsEach = 10;

    private readonly CorpusClip[][] _speakers = [.. Corpus.Clips(folder).GroupBy(clip => clip.Speaker).Select(group => group.ToArray())];

    /// <summary>Makes conversation number <paramref name="number"/>: ten clips, noise 10 to 30 dB below the speech.</summary>
    public Conversation Make(int number)
    {
        var random = new Random(number);
        var clips = _speakers[number % _speakers.Length].ToArray();
        random.Shuffle(clips);
        var samples = new List<float>();
        var turns = new List<ConversationTurn>();
        foreach (var clip in clips.Take(ClipsEach).Select(clip => Corpus.Read(clip.Path)))
        {
            turns.Add(new(samples.Count, clip.Length, Speech(clip)));
            samples.AddRange(clip);
            samples.AddRange(new float[(int)(random.NextDouble() * longestPause * Rate)]);
        }
        var conversation = samples.ToArray();
        AddNoise(conversation, turns, 10 + (20 * random.NextDouble()), random);
        return new(clips[0].Corpus, conversation, turns);
    }

    /// <summary>Marks each 20 ms that is less than 35 dB below the loudest as speech, and fills gaps of at most 0.2 s.</summary>
    private static bool[] Speech(float[] clip)
    {
        const int bridge = 10;
        var powers = Enumerable.Range(0, clip.Length / ConversationTurn.Step)
            .Select(i => TensorPrimitives.SumOfSquares<float>(clip.AsSpan(i * ConversationTurn.Step, ConversationTurn.Step))).ToArray();
        var floor = powers.Max() * MathF.Pow(10, -3.5f);
        var speech = Array.ConvertAll(powers, power => power > floor);
        for (var (i, last) = (0, -1); i < speech.Length; i++)
        {
            if (!speech[i])
                continue;
            if (last >= 0 && i - last <= bridge)
                Array.Fill(speech, true, last, i - last);
            last = i;
        }
        return speech;
    }

    /// <summary>Adds pink-like noise: white noise through a one-pole filter.</summary>
    private static void AddNoise(float[] samples, List<ConversationTurn> turns, double decibels, Random random)
    {
        var power = turns.Select(turn => TensorPrimitives.SumOfSquares<float>(samples.AsSpan(turn.Start, turn.Length)) / turn.Length)
            .Order().ElementAt(turns.Count / 2);
        var noise = new float[samples.Length];
        var state = 0.0;
        for (var i = 0; i < noise.Length; i++)
            noise[i] = (float)(state = (0.9 * state) + (random.NextDouble() - 0.5));
        var scale = Math.Sqrt(power * Math.Pow(10, -decibels / 10) / (TensorPrimitives.SumOfSquares<float>(noise) / noise.Length));
        TensorPrimitives.MultiplyAdd(noise, (float)scale, samples, samples);
    }
}
