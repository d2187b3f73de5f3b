using System.Diagnostics.CodeAnalysis;

namespace SpeechEmotion.Quantization;

/// <summary>The arithmetic of a model.</summary>
[SuppressMessage("Naming", "CA1720", Justification = "The field's word for it.")]
public enum ModelPrecision
{
    /// <summary>32-bit floating point: the reference's numbers.</summary>
    Fp32,

    /// <summary>8-bit integers in the large matrix products, whatever the certificate says; the int8 form is created if missing.</summary>
    Int8,

    /// <summary>8-bit integers if a certificate of this machine allows it, otherwise 32-bit floating point.</summary>
    Auto,
}
