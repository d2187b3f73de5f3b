using SpeechEmotion.Inference;

namespace SpeechEmotion.Options;

/// <summary>Whether the silence around the speech of a recording takes part in its answer.</summary>
public enum SilenceMode
{
    /// <summary>As the model says (<see cref="IEmotionModel.SpeechOnly"/>): <c>compact</c> skips it, emotion2vec models keep it as FunASR does.</summary>
    Auto,

    /// <summary>The model processes it like everything else.</summary>
    Keep,

    /// <summary>It is left out before the model, so that the answer does not depend on how much of it there is.</summary>
    Skip,
}
