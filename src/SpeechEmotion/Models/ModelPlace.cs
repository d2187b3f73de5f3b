using System.ComponentModel;

namespace SpeechEmotion.Models;

/// <summary>Where a model was found.</summary>
[Description("Where a model on this machine is stored.")]
public enum ModelPlace
{
    /// <summary>In the model store: ready to load.</summary>
    Store,

    /// <summary>In ModelScope's download cache: imported when it is first used.</summary>
    ModelScopeCache,

    /// <summary>In Hugging Face's download cache: imported when it is first used.</summary>
    HuggingFaceCache,

    /// <summary>Beside the program: ready to load.</summary>
    Shipped,
}
