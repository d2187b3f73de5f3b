using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using SpeechEmotion.Graphs;

namespace SpeechEmotion.Inference;

/// <summary>
/// The engine's multiplication of 8-bit integers on this CPU. Without VNNI or a similar extension, its fast kernels for signed weights
/// add two products in 16 bits, which overflow with large weights. Its slower kernels for unsigned weights are exact on every CPU: with
/// them an int8 model gives the same answer everywhere.
/// </summary>
internal static class Int8Products
{
    /// <summary>The session option that selects the kernels for unsigned weights.</summary>
    public const string UnsignedOption = "session.x64quantprecision";

    private const int Size = 64;

    private static readonly Lazy<bool> Overflow = new(() => Saturates(unsigned: false));

    /// <summary>Whether the kernels for signed weights overflow on this CPU, so that those for unsigned weights are used.</summary>
    public static bool SignedWeightsOverflow => Overflow.Value;

    /// <summary>The kernels in use: <c>u8s8</c> for signed weights, <c>u8u8</c> for unsigned ones; activations are unsigned.</summary>
    public static string Name => SignedWeightsOverflow ? "u8u8" : "u8s8";

    /// <summary>Sets the options of a session for an int8 graph.</summary>
    public static void Apply(SessionOptions session)
    {
        if (SignedWeightsOverflow)
            session.AddSessionConfigEntry(UnsignedOption, "1");
    }

    /// <summary>
    /// Multiplies the largest activations by the largest weights. The engine's choice of a kernel depends on more than the CPU's
    /// features, so the check examines the product, not the features.
    /// </summary>
    /// <param name="unsigned">Whether the session uses the kernels for unsigned weights.</param>
    internal static bool Saturates(bool unsigned)
    {
        _ = InferenceRuntime.Engine;
        using var options = new SessionOptions { IntraOpNumThreads = 1 };
        if (unsigned)
            options.AddSessionConfigEntry(UnsignedOption, "1");
        using var session = new InferenceSession(MatMulGraph.Int8(Size, _ => sbyte.MaxValue).ToByteArray(), options);
        // The engine has a separate kernel for a single row.
        return Saturates(session, 1) || Saturates(session, Size);
    }

    private static bool Saturates(InferenceSession session, int rows)
    {
        float[] ones = [.. Enumerable.Repeat(1f, rows * Size)];
        using var input = OrtValue.CreateTensorValueFromMemory(ones, [rows, Size]);
        using var run = new RunOptions();
        using var results = session.Run(run, ["x"], [input], ["y"]);
        foreach (var sum in results[0].GetTensorDataAsSpan<float>())
        {
            if (Math.Abs(sum - Size) > 0.01f)
                return true;
        }
        return false;
    }
}
