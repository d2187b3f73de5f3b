namespace SpeechEmotion.Checkpoints.Emotion2vec;

/// <summary>One convolution of the local encoder.</summary>
/// <param name="Channels">Output channels.</param>
/// <param name="Kernel">Width in samples of its input.</param>
/// <param name="Stride">Step in samples of its input.</param>
internal readonly record struct ConvLayer(int Channels, int Kernel, int Stride);
