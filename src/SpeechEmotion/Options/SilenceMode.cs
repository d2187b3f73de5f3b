using SpeechEmotion.Inference;

namespace SpeechEmotion.Options;

/// <summary>Whether the silence around the speech of a recording affects the answer.</summary>
public enum SilenceMode
{
    /// <summary>
    /// As the model requires (<see cref="IEmotionModel.SpeechOnly"/>): <c>compact</c> skips it, emotion2vec models keep it as
    /// FunASR does.
    /// </summary>
    Auto,

    /// <summary>The model processes the silence like all other sound.</summary>
    Keep,

    /// <summary>Silence is removed before the model, so that the answer does not depend on its length.</summary>
    Skip,
}
