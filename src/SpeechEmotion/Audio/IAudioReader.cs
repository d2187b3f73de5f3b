namespace SpeechEmotion.Audio;

/// <summary>A recording that is decoded block by block; memory does not grow with its length. Not thread-safe.</summary>
public interface IAudioReader : IDisposable
{
    /// <summary>What the header says.</summary>
    AudioFormat Format { get; }

    /// <summary>What was left out so far because it could not be decoded; final once <see cref="Read"/> has returned 0. Null for nothing.</summary>
    AudioLoss? Loss => null;

    /// <summary>Decodes the next samples.</summary>
    /// <param name="interleaved">Takes float32 samples, nominally in [-1, 1); its length is a multiple of the channel count.</param>
    /// <returns>The number of samples written (all channels counted), a multiple of the channel count; 0 at the end.</returns>
    /// <exception cref="Errors.AudioException">The recording is damaged, or longer than the limits allow.</exception>
    int Read(Span<float> interleaved);
}
