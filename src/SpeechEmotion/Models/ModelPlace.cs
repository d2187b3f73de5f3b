using System.ComponentModel;

namespace SpeechEmotion.Models;

/// <summary>The place where a model was found.</summary>
[Description("Where a model on this machine is stored.")]
public enum ModelPlace
{
    /// <summary>In the model store: ready to load.</summary>
    Store,

    /// <summary>In ModelScope's download cache: imported on first use.</summary>
    ModelScopeCache,

    /// <summary>In Hugging Face's download cache: imported on first use.</summary>
    HuggingFaceCache,

    /// <summary>Beside the program: ready to load.</summary>
    Shipped,
}
