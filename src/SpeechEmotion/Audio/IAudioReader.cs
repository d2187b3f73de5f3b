namespace SpeechEmotion.Audio;

/// <summary>A recording decoded block by block; memory does not grow with its length. Not thread-safe.</summary>
public interface IAudioReader : IDisposable
{
    /// <summary>The format stated by the header.</summary>
    AudioFormat Format { get; }

    /// <summary>
    /// The part skipped so far because it could not be decoded; final once <see cref="Read"/> has returned 0. Null if there is none.
    /// </summary>
    AudioLoss? Loss => null;

    /// <summary>Decodes the next samples.</summary>
    /// <param name="interleaved">The buffer for float32 samples, nominally in [-1, 1); a multiple of the channel count long.</param>
    /// <returns>The number of samples written (all channels counted), a multiple of the channel count; 0 at the end.</returns>
    /// <exception cref="Errors.AudioException">The recording is damaged or exceeds the limits.</exception>
    int Read(Span<float> interleaved);
}
