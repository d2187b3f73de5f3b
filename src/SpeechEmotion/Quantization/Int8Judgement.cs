using SpeechEmotion.Inference;
using SpeechEmotion.Models;

namespace SpeechEmotion.Quantization;

/// <summary>Decides from a certificate whether an int8 model may be used.</summary>
internal static class Int8Judgement
{
    /// <summary>Why the int8 model should not be used on this machine; null if it may be used.</summary>
    public static Int8Fault? FaultHere(this Int8Certificate certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        return certificate.Fault(InferenceRuntime.Version, ProcessorKind.Name);
    }

    /// <summary>Why the int8 model should not be used on a machine; null if it may be used.</summary>
    /// <param name="certificate">The comparison of the model with its float32 original.</param>
    /// <param name="engine">The machine's version of ONNX Runtime.</param>
    /// <param name="processor">The kind of the machine's processor.</param>
    internal static Int8Fault? Fault(this Int8Certificate certificate, string engine, string processor) => certificate switch
    {
        _ when certificate.GraphVersion != Int8Graph.Version => Int8Fault.Outdated,
        _ when certificate.Engine != engine || certificate.Processor != processor => Int8Fault.OtherMachine,
        // Written so that NaN fails.
        _ when !(certificate.Cosine >= Int8Certificate.LeastCosine) => Int8Fault.Embeddings,
        _ when !(certificate.ScoreDifference <= Int8Certificate.MostScoreDifference) => Int8Fault.Scores,
        _ when certificate.Labels < Int8Certificate.LeastLabels => Int8Fault.NotInformative,
        _ when !(certificate.Agreement >= Int8Certificate.LeastAgreement) => Int8Fault.Labels,
        _ => null,
    };
}
