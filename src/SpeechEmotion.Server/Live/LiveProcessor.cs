using System.Buffers;
using System.IO.Pipelines;
using SpeechEmotion.Audio.Raw;
using SpeechEmotion.Live;

namespace SpeechEmotion.Server.Live;

/// <summary>
/// Processes a live stream in chunks of at most one hop, each when it is the stream's turn among all streams. A stream that falls
/// behind skips its partial results and reports it; it never skips segments.
/// </summary>
internal sealed class LiveProcessor
{
    /// <summary>The largest chunk in bytes, whatever the hop.</summary>
    private const int MostBytes = 1 << 20;

    /// <summary>The shortest chunk that is worth a turn.</summary>
    private static readonly TimeSpan Least = TimeSpan.FromSeconds(0.1);

    private static readonly TimeSpan BetweenLags = TimeSpan.FromSeconds(1);

    private readonly LiveStreams _streams;
    private readonly LiveFormat _format;
    private readonly LiveSender _sender;
    private readonly TimeProvider _time;
    private readonly LiveRecognition _recognition;
    private readonly long _memory;
    private readonly float[] _samples;
    private long? _lastLag;

    /// <summary>Starts the recognition of a stream.</summary>
    public LiveProcessor(LiveStreams streams, EmotionRecognizer recognizer, LiveFormat format, LiveSender sender, TimeProvider time)
    {
        (_streams, _format, _sender, _time) = (streams, format, sender, time);
        var options = new LiveOptions
        {
            SampleRate = format.SampleRate,
            Channels = format.Channels,
            Hop = format.Hop,
            Window = format.Window,
        };
        _recognition = new(recognizer, options);
        _memory = LiveRecognition.EstimateMemory(recognizer, options);
        _samples = new float[format.BytesOf(format.Hop, MostBytes) / sizeof(short)];
    }

    /// <summary>The length of the processed audio.</summary>
    public TimeSpan Processed => _recognition.Processed;

    /// <summary>The number of segments so far.</summary>
    public int Segments { get; private set; }

    /// <summary>Processes all audio and sends all results, including the summary.</summary>
    public async Task RunAsync(PipeReader audio, CancellationToken ct)
    {
        var (least, most) = (_format.BytesOf(Least, MostBytes), _format.BytesOf(_format.Hop, MostBytes));
        await SkipHeaderAsync(audio, least, ct);
        while (true)
        {
            var read = await audio.ReadAtLeastAsync(least, ct);
            var piece = read.Buffer.Slice(0, Math.Min(read.Buffer.Length - (read.Buffer.Length % _format.FrameBytes), most));
            var behind = _format.TimeOf(read.Buffer.Length - piece.Length);
            var count = _format.Decode(piece, _samples);
            audio.AdvanceTo(piece.End);
            // An incomplete frame at the end is dropped.
            if (count == 0)
                break;
            var late = behind > _format.Hop;
            await ComputeAsync(() => _recognition.Add(_samples.AsSpan(0, count), partials: !late, ct), ct);
            if (late)
                await ReportLagAsync(behind);
        }
        await ComputeAsync(() => _recognition.Complete(ct), ct);
        await _sender.SummaryAsync(_recognition.Timeline());
    }

    /// <exception cref="SpeechEmotion.Errors.AudioException">
    /// The stream does not start with samples: see <see cref="RawHeader"/>.
    /// </exception>
    private async Task SkipHeaderAsync(PipeReader audio, int least, CancellationToken ct)
    {
        var read = await audio.ReadAtLeastAsync(least, ct);
        var head = read.Buffer.Slice(0, Math.Min(read.Buffer.Length, RawHeader.HeadLength)).ToArray();
        audio.AdvanceTo(read.Buffer.GetPosition(RawHeader.Length(head, _format.Encoding, _format.SampleRate, _format.Channels)));
    }

    private async Task ComputeAsync(Func<IReadOnlyList<LiveResult>> compute, CancellationToken ct)
    {
        var before = Processed;
        var results = await _streams.ComputeAsync(_memory, compute, ct);
        _streams.Count(Processed - before);
        foreach (var result in results)
        {
            Segments += result is LiveSegment ? 1 : 0;
            await _sender.ResultAsync(result);
        }
    }

    private async Task ReportLagAsync(TimeSpan behind)
    {
        // A stream that has not skipped a partial result yet may still catch up.
        if (_recognition.Skipped == 0 || (_lastLag is { } last && _time.GetElapsedTime(last) < BetweenLags))
            return;
        _lastLag = _time.GetTimestamp();
        await _sender.LagAsync(behind, _recognition.Skipped);
    }
}
