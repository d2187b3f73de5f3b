using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using SpeechEmotion.Graphs;

namespace SpeechEmotion.Inference;

/// <summary>
/// How the engine multiplies 8-bit integers on this processor. Without VNNI or its like, its fast kernels for signed weights
/// add two products in 16 bits, which large weights overflow. It has slower kernels for unsigned weights that are exact everywhere:
/// with them an int8 form gives the same answer on every processor.
/// </summary>
internal static class Int8Products
{
    /// <summary>The session option that makes the engine take the kernels for unsigned weights.</summary>
    public const string UnsignedOption = "session.x64quantprecision";

    private const int Size = 64;

    private static readonly Lazy<bool> Overflow = new(() => Saturates(unsigned: false));

    /// <summary>Whether the kernels for signed weights overflow here, so that those for unsigned weights are used.</summary>
    public static bool SignedWeightsOverflow => Overflow.Value;

    /// <summary><c>u8s8</c> where signed weights are multiplied, <c>u8u8</c> where unsigned ones are; activations are unsigned.</summary>
    public static string Name => SignedWeightsOverflow ? "u8u8" : "u8s8";

    /// <summary>Sets the options of a session that computes an int8 graph.</summary>
    public static void Apply(SessionOptions session)
    {
        if (SignedWeightsOverflow)
            session.AddSessionConfigEntry(UnsignedOption, "1");
    }

    /// <summary>
    /// Lets the engine multiply the largest activations by the largest weights. Its own choice of a kernel depends on more than the
    /// processor's features, so the product is looked at and not they.
    /// </summary>
    /// <param name="unsigned">Whether the session takes the kernels for unsigned weights.</param>
    internal static bool Saturates(bool unsigned)
    {
        _ = InferenceRuntime.Engine;
        using var options = new SessionOptions { IntraOpNumThreads = 1 };
        if (unsigned)
            options.AddSessionConfigEntry(UnsignedOption, "1");
        using var session = new InferenceSession(MatMulGraph.Int8(Size, _ => sbyte.MaxValue).ToByteArray(), options);
        // The engine has a kernel of its own for one row.
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
