namespace SpeechEmotion.Audio;

/// <summary>
/// Reads the consecutive parts of a file (MP3 or FLAC files joined by <c>cat</c>, chained Ogg streams, concatenated WAV files)
/// as one recording with the rate and the channels of the first part.
/// </summary>
internal sealed class JoinedReader : IAudioReader
{
    private readonly Func<IAudioReader?> _next;
    private readonly IDisposable _file;
    private readonly Func<AudioLoss?> _skipped;
    private IAudioReader? _part;
    private PartConverter? _converter;
    private AudioLoss? _loss;

    /// <param name="first">The first part.</param>
    /// <param name="next">Opens the next part after the previous one has ended; returns null at the end of the file.</param>
    /// <param name="file">The file that all parts read; disposed last.</param>
    /// <param name="duration">The duration of all parts together; null if unknown.</param>
    /// <param name="skipped">The bytes between the parts that were not decoded.</param>
    public JoinedReader(IAudioReader first, Func<IAudioReader?> next, IDisposable file, TimeSpan? duration, Func<AudioLoss?> skipped)
    {
        (_part, _next, _file, _skipped) = (first, next, file, skipped);
        Format = first.Format with { Duration = duration };
    }

    public AudioFormat Format { get; }

    public AudioLoss? Loss => AudioLoss.Sum(AudioLoss.Sum(_loss, _part?.Loss), _skipped());

    public int Read(Span<float> interleaved)
    {
        while (_part is not null)
        {
            var read = _converter?.Read(interleaved) ?? _part.Read(interleaved);
            if (read > 0)
                return read;
            _loss = AudioLoss.Sum(_loss, _part.Loss);
            _part.Dispose();
            _part = null;
            Open(_next());
        }
        return 0;
    }

    public void Dispose()
    {
        _part?.Dispose();
        _file.Dispose();
    }

    private void Open(IAudioReader? part)
    {
        if (part is null)
            return;
        _part = part;
        var (rate, channels) = (part.Format.SampleRate, part.Format.Channels);
        _converter = rate == Format.SampleRate && channels == Format.Channels ? null : new(part, Format.SampleRate, Format.Channels);
    }
}
