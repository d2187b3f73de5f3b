using SpeechEmotion.Audio;
using SpeechEmotion.Errors;
using SpeechEmotion.Inference;
using SpeechEmotion.Options;
using SpeechEmotion.Quality;
using SpeechEmotion.Results;
using SpeechEmotion.Segments;

namespace SpeechEmotion.Pipeline;

/// <summary>
/// The waveform of a recording, block by block. It holds the beginning until it is known whether the recording is short enough to
/// be processed as a whole, then reuses its blocks. Not thread-safe.
/// </summary>
/// <param name="waveform">The source of the samples.</param>
/// <param name="meter">The meter that measures each block.</param>
/// <param name="sink">The receiver of each block; null for none.</param>
/// <param name="ct">Cancels the reading.</param>
internal sealed class WaveformBuffer(WaveformReader waveform, SoundMeter meter, IRecognitionSink? sink, CancellationToken ct)
{
    /// <summary>The longest recording that is processed as a whole by default.</summary>
    public static readonly int WholeSamples = FrameGrid.Samples(RecognitionOptions.WholeDuration);

    /// <summary>The part of a recording without speech that the model processes: 10 s.</summary>
    public const int SilentSamples = 10 * SampleRate.Hz;

    /// <summary>Half a second.</summary>
    private const int BlockSamples = SampleRate.Hz / 2;

    private readonly Queue<WaveformBlock> _read = [];
    private readonly Stack<WaveformBlock> _free = [];
    private readonly ChannelMix? _mix = waveform.OutputChannels > 1 ? new(waveform.OutputChannels) : null;
    private bool _ended;

    /// <summary>The number of samples at 16 kHz that were read so far; at the end, all samples.</summary>
    public long Samples { get; private set; }

    /// <summary>The first seconds, with all channels mixed; available after a call to <see cref="Whole"/>.</summary>
    public ReadOnlyMemory<float> Beginning { get; private set; }

    /// <summary>The whole recording, if the model is to process it as a whole; otherwise null.</summary>
    /// <exception cref="AudioException"><c>audio.too_short</c>: the recording is shorter than one frame.</exception>
    /// <exception cref="ModelException"><c>model.too_long</c>: the recording is too long to be processed as a whole.</exception>
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
            return Samples == Beginning.Length ? Beginning : First((int)Samples);
        return options is { Segments: SegmentationMode.Never, Channels: ChannelMode.Mix }
            ? throw RecognitionErrors.TooLong(model, most)
            : null;
    }

    /// <summary>A name for each channel that is processed separately.</summary>
    /// <exception cref="AudioException"><c>audio.roles</c>: there are more or fewer roles than channels.</exception>
    public IReadOnlyList<string> Roles(RecognitionOptions options)
    {
        if (options.Channels == ChannelMode.Mix)
            return ["mix"];
        if (options.Roles.Count == 0)
            return [.. Enumerable.Range(1, waveform.OutputChannels).Select(channel => $"channel {channel}")];
        return options.Roles.Count == waveform.OutputChannels
            ? options.Roles
            : throw AudioErrors.Roles(options.Roles.Count, waveform.OutputChannels);
    }

    /// <summary>All blocks from the beginning to the end. A block is reused once the next one is requested.</summary>
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

    /// <summary>Measures channels that are processed separately one by one: a fault in their average does not matter.</summary>
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

    /// <summary>The most samples that the model can process at once on this machine, given the memory that is free now.</summary>
    private static int Longest(IEmotionModel model)
    {
        // The runtime's memory figures date from its latest collection; before the first one, it reports all memory as free.
        GC.Collect(0);
        var memory = GC.GetGCMemoryInfo();
        var fits = InferenceMemory.Longest(model, memory.TotalAvailableMemoryBytes - memory.MemoryLoadBytes).TotalSeconds * SampleRate.Hz;
        return (int)Math.Min(fits, model.MaxSamples ?? int.MaxValue / 2);
    }
}
