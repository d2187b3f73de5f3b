namespace SpeechEmotion.Segments;

/// <summary>
/// The probability of speech along one stream of samples, in frames of 32 ms. It does not depend on how the samples are cut into
/// blocks. Not thread-safe.
/// </summary>
internal sealed class VoiceActivity
{
    /// <summary>The most frames that one call computes.</summary>
    private const int MostFrames = 64;

    private readonly VoiceActivityModel _model = VoiceActivityModel.Shared;
    private readonly float[] _hidden = new float[VoiceActivityModel.StateLength];
    private readonly float[] _cell = new float[VoiceActivityModel.StateLength];
    private readonly float[] _rows = new float[MostFrames * VoiceActivityModel.RowSamples];
    private readonly float[] _context = new float[VoiceActivityModel.ContextSamples];
    private readonly List<float> _probabilities = [];
    private int _filled;

    /// <summary>Processes the next samples.</summary>
    /// <param name="samples">The samples: 16 kHz, nominally in [-1, 1].</param>
    /// <returns>The probabilities of the frames that became complete; valid until the next call.</returns>
    public IReadOnlyList<float> Add(ReadOnlySpan<float> samples)
    {
        _probabilities.Clear();
        while (!samples.IsEmpty)
        {
            var row = _filled / VoiceActivityModel.FrameSamples;
            var within = _filled % VoiceActivityModel.FrameSamples;
            if (within == 0)
                _context.CopyTo(Row(row));
            var taken = samples[..Math.Min(samples.Length, VoiceActivityModel.FrameSamples - within)];
            taken.CopyTo(Row(row)[(VoiceActivityModel.ContextSamples + within)..]);
            samples = samples[taken.Length..];
            _filled += taken.Length;
            if (_filled % VoiceActivityModel.FrameSamples != 0)
                break;
            Row(row)[^VoiceActivityModel.ContextSamples..].CopyTo(_context);
            if (_filled == MostFrames * VoiceActivityModel.FrameSamples)
                Compute(MostFrames);
        }
        Compute(_filled / VoiceActivityModel.FrameSamples);
        return _probabilities;
    }

    /// <summary>Ends the stream: the last frame is padded with silence.</summary>
    public IReadOnlyList<float> Complete()
    {
        _probabilities.Clear();
        if (_filled == 0)
            return _probabilities;
        Row(0)[(VoiceActivityModel.ContextSamples + _filled)..].Clear();
        _filled = VoiceActivityModel.FrameSamples;
        Compute(1);
        return _probabilities;
    }

    private Span<float> Row(int row) => _rows.AsSpan(row * VoiceActivityModel.RowSamples, VoiceActivityModel.RowSamples);

    private void Compute(int frames)
    {
        if (frames == 0)
            return;
        Span<float> probabilities = stackalloc float[MostFrames];
        _model.Run(_rows.AsMemory(0, frames * VoiceActivityModel.RowSamples), _hidden, _cell, probabilities);
        foreach (var probability in probabilities[..frames])
            _probabilities.Add(probability);
        // The samples of the next, incomplete frame move to the front.
        _filled -= frames * VoiceActivityModel.FrameSamples;
        if (_filled > 0)
            Row(frames)[..(VoiceActivityModel.ContextSamples + _filled)].CopyTo(Row(0));
    }
}
