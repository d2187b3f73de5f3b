namespace SpeechEmotion.Checkpoints.Emotion2vec;

/// <summary>One convolution of the local encoder.</summary>
/// <param name="Channels">The number of output channels.</param>
/// <param name="Kernel">The width in samples of its input.</param>
/// <param name="Stride">The step in samples of its input.</param>
internal readonly record struct ConvLayer(int Channels, int Kernel, int Stride);
