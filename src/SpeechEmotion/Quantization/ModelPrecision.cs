using System.Diagnostics.CodeAnalysis;

namespace SpeechEmotion.Quantization;

/// <summary>The arithmetic that a model is computed in.</summary>
[SuppressMessage("Naming", "CA1720", Justification = "The field's word for it.")]
public enum ModelPrecision
{
    /// <summary>32-bit floating point: the reference's numbers.</summary>
    Fp32,

    /// <summary>8-bit integers in the large matrix products, whatever the certificate says; made where there is none yet.</summary>
    Int8,

    /// <summary>8-bit integers where a certificate of this machine allows it, else 32-bit floating point.</summary>
    Auto,
}
