using SpeechEmotion.Audio;
using SpeechEmotion.Errors;
using SpeechEmotion.Inference;
using SpeechEmotion.Options;
using SpeechEmotion.Quality;
using SpeechEmotion.Results;
using SpeechEmotion.Segments;

namespace SpeechEmotion.Pipeline;

/// <summary>
/// The waveform of a recording, block by block. Holds the beginning until it is known whether the recording is short enough to be
/// processed whole; then reuses its blocks. Not thread-safe.
/// </summary>
/// <param name="waveform">The source of the samples.</param>
/// <param name="meter">Measures each block.</param>
/// <param name="sink">Receives each block; null for none.</param>
/// <param name="ct">Ends it.</param>
internal sealed class WaveformBuffer(WaveformReader waveform, SoundMeter meter, IRecognitionSink? sink, CancellationToken ct)
{
    /// <summary>The longest recording that is processed whole by default.</summary>
    public static readonly int WholeSamples = FrameGrid.Samples(RecognitionOptions.WholeDuration);

    /// <summary>The part of a recording without speech that the model processes: 10 s.</summary>
    public const int SilentSamples = 10 * SampleRate.Hz;

    /// <summary>Half a second.</summary>
    private const int BlockSamples = SampleRate.Hz / 2;

    private readonly Queue<WaveformBlock> _read = [];
    private readonly Stack<WaveformBlock> _free = [];
    private readonly ChannelMix? _mix = waveform.OutputChannels > 1 ? new(waveform.OutputChannels) : null;
    private bool _ended;

    /// <summary>Samples at 16 kHz that were read so far; at the end, all there are.</summary>
    public long Samples { get; private set; }

    /// <summary>Its first seconds, of all channels together; known once it was asked for as a whole.</summary>
    public ReadOnlyMemory<float> Beginning { get; private set; }

    /// <summary>All of it, where it is to be heard whole, else null.</summary>
    /// <exception cref="AudioException"><c>audio.too_short</c>: there is less than one frame.</exception>
    /// <exception cref="ModelException"><c>model.too_long</c>: it is to be heard whole, and is too long for that.</exception>
    public ReadOnlyMemory<float>? Whole(IEmotionModel model, RecognitionOptions options)
    {
        var most = options switch
        {
            { Channels: ChannelMode.Split } or { Segments: SegmentationMode.Always } => 0,
            { Segments: SegmentationMode.Never } => Longest(model),
            _ => WholeSamples,
        };
        ReadUntil(Math.Max(most + 1L, SilentSamples));
        if (Samples < model.MinSamples)
            throw RecognitionErrors.TooShort(Samples, model.MinSamples);
        Beginning = First((int)Math.Min(Samples, SilentSamples));
        if (Samples <= most)
            return First((int)Samples);
        return options is { Segments: SegmentationMode.Never, Channels: ChannelMode.Mix } ? throw RecognitionErrors.TooLong(model, most) : null;
    }

    /// <summary>A name for each channel that is heard by itself.</summary>
    /// <exception cref="AudioException"><c>audio.roles</c>: there are more or fewer roles than channels.</exception>
    public IReadOnlyList<string> Roles(RecognitionOptions options)
    {
        if (options.Channels == ChannelMode.Mix)
            return ["mix"];
        if (options.Roles.Count == 0)
            return [.. Enumerable.Range(1, waveform.OutputChannels).Select(channel => $"channel {channel}")];
        return options.Roles.Count == waveform.OutputChannels ? options.Roles : throw AudioErrors.Roles(options.Roles.Count, waveform.OutputChannels);
    }

    /// <summary>All blocks from the beginning to the end. A block is reused once the next one is asked for.</summary>
    public IEnumerable<WaveformBlock> Blocks()
    {
        while (_read.TryDequeue(out var block) || (block = Next()) is not null)
        {
            yield return block;
            _free.Push(block);
        }
    }

    private void ReadUntil(long samples)
    {
        while (Samples < samples && Next() is { } block)
            _read.Enqueue(block);
    }

    private WaveformBlock? Next()
    {
        ct.ThrowIfCancellationRequested();
        if (_ended)
            return null;
        if (!_free.TryPop(out var block))
            block = new(waveform.OutputChannels, BlockSamples);
        var count = block.Fill(waveform, _mix);
        _ended = count < BlockSamples;
        if (count == 0)
            return null;
        Samples += count;
        Measure(block);
        sink?.Waveform(block.Mix);
        return block;
    }

    /// <summary>Channels that are processed apart are measured apart: what is wrong with their average does not matter.</summary>
    private void Measure(WaveformBlock block)
    {
        for (var channel = 0; channel < waveform.OutputChannels; channel++)
            meter.AddChannel(block.Channel(channel), channel);
    }

    private float[] First(int count)
    {
        var samples = new float[count];
        var filled = 0;
        foreach (var block in _read)
        {
            var taken = block.Mix[..Math.Min(block.Mix.Length, count - filled)];
            taken.CopyTo(samples.AsSpan(filled));
            filled += taken.Length;
        }
        return samples;
    }

    /// <summary>The most samples that the model can hear at once on this machine, as it stands now.</summary>
    private static int Longest(IEmotionModel model)
    {
        // What the runtime knows of memory is as old as its latest collection; before the first, all of it is said to be free.
        GC.Collect(0);
        var memory = GC.GetGCMemoryInfo();
        var fits = InferenceMemory.Longest(model, memory.TotalAvailableMemoryBytes - memory.MemoryLoadBytes).TotalSeconds * SampleRate.Hz;
        return (int)Math.Min(fits, model.MaxSamples ?? int.MaxValue / 2);
    }
}
