using System.Globalization;
using SpeechEmotion.Audio;
using SpeechEmotion.Errors;
using SpeechEmotion.Models;
using SpeechEmotion.Quality;
using SpeechEmotion.Results;
using SpeechEmotion.Segments;

namespace SpeechEmotion;

/// <summary>
/// A recording on its way to the model, block by block: its beginning is looked at first, to tell whether it is short enough
/// to be heard whole. Memory holds the beginning, whose blocks are then used again. Not thread-safe.
/// </summary>
/// <param name="waveform">Gives the samples.</param>
/// <param name="meter">Hears each block.</param>
/// <param name="sink">Takes each block; null for none.</param>
/// <param name="ct">Ends it.</param>
internal sealed class HeardRecording(WaveformReader waveform, SoundMeter meter, IRecognitionSink? sink, CancellationToken ct)
{
    /// <summary>Up to here a recording is heard whole unless something else is asked for, as FunASR does: 30 s.</summary>
    public const int WholeSamples = 30 * FrameGrid.Rate;

    /// <summary>What is heard of a recording in which nobody speaks: 10 s.</summary>
    public const int SilentSamples = 10 * FrameGrid.Rate;

    /// <summary>Half a second.</summary>
    private const int BlockSamples = FrameGrid.Rate / 2;

    private readonly Queue<WaveformBlock> _read = [];
    private readonly Stack<WaveformBlock> _heard = [];
    private readonly ChannelMix? _mix = waveform.Lanes > 1 ? new(waveform.Lanes) : null;
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
            { Channels: RecordingChannels.Split } or { Segments: RecordingSegments.Always } => 0,
            { Segments: RecordingSegments.Never } => Longest(model),
            _ => WholeSamples,
        };
        ReadUntil(Math.Max(most + 1L, SilentSamples));
        if (Samples < model.MinSamples)
            throw TooShort(Samples, model.MinSamples);
        Beginning = First((int)Math.Min(Samples, SilentSamples));
        if (Samples <= most)
            return First((int)Samples);
        return options is { Segments: RecordingSegments.Never, Channels: RecordingChannels.Mix } ? throw TooLong(model, most) : null;
    }

    /// <summary>A name for each channel that is heard by itself.</summary>
    /// <exception cref="AudioException"><c>audio.roles</c>: there are more or fewer roles than channels.</exception>
    public IReadOnlyList<string> Roles(RecognitionOptions options)
    {
        if (options.Channels == RecordingChannels.Mix)
            return ["mix"];
        if (options.Roles.Count == 0)
            return [.. Enumerable.Range(1, waveform.Lanes).Select(channel => $"channel {channel}")];
        return options.Roles.Count == waveform.Lanes ? options.Roles : throw AudioErrors.Roles(options.Roles.Count, waveform.Lanes);
    }

    /// <summary>The segments of speech of all channels, as they become certain; each with the channel's index.</summary>
    /// <param name="options">How speech is cut.</param>
    /// <param name="excerpt">Takes each of them too; null for none.</param>
    public IEnumerable<(int Lane, SpeechSegment Segment)> Segments(SegmentationOptions options, SpeechExcerpt? excerpt)
    {
        SpeechSegmenter[] lanes = [.. Enumerable.Range(0, waveform.Lanes).Select(_ => new SpeechSegmenter(options))];
        while (_read.TryDequeue(out var block) || (block = Next()) is not null)
        {
            for (var lane = 0; lane < lanes.Length; lane++)
            {
                foreach (var segment in lanes[lane].Add(block.Lane(lane)))
                    yield return Found(lane, segment);
            }
            _heard.Push(block);
        }
        for (var lane = 0; lane < lanes.Length; lane++)
        {
            foreach (var segment in lanes[lane].Complete())
                yield return Found(lane, segment);
        }

        (int Lane, SpeechSegment Segment) Found(int lane, SpeechSegment segment)
        {
            excerpt?.Add(segment);
            return (lane, segment);
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
        if (!_heard.TryPop(out var block))
            block = new(waveform.Lanes, BlockSamples);
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
        for (var lane = 0; lane < waveform.Lanes; lane++)
            meter.AddLane(block.Lane(lane), lane);
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
        var fits = InferenceMemory.Longest(model, memory.TotalAvailableMemoryBytes - memory.MemoryLoadBytes).TotalSeconds * FrameGrid.Rate;
        return (int)Math.Min(fits, model.MaxSamples ?? int.MaxValue / 2);
    }

    private static AudioException TooShort(long samples, int minSamples)
    {
        var (got, least) = (samples * 1000 / FrameGrid.Rate, minSamples * 1000 / FrameGrid.Rate);
        return new(
            "audio.too_short", $"The recording has only {got} ms of audio; at least {least} ms are needed, and 1 s or more is better.",
            $"录音只有 {got} 毫秒；至少需要 {least} 毫秒，建议 1 秒以上。");
    }

    private static ModelException TooLong(IEmotionModel model, int most)
    {
        var seconds = (most / FrameGrid.Rate).ToString(CultureInfo.InvariantCulture);
        var why = most == model.MaxSamples ? ("hears at most", "最多一次听") : ("has memory on this machine for at most", "在本机内存下最多一次听");
        return new(
            "model.too_long",
            $"The recording was to be heard whole, but the model {model.Identity.Id} {why.Item1} {seconds} s at once. Have it heard by segments (segments auto or always).",
            $"要求整段识别，但模型 {model.Identity.Id} {why.Item2} {seconds} 秒。请改用分段识别（segments 设为 auto 或 always）。");
    }
}
