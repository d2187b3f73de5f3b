using Shouldly;
using SpeechEmotion.Models;
using SpeechEmotion.Quantization;
using Xunit;

namespace SpeechEmotion.Tests.Models;

public sealed class Int8CertificateTests
{
    private static readonly Int8Certificate Good = new()
    {
        GraphVersion = Int8Graph.Version,
        Engine = "1.0",
        Processor = "x64 avx2",
        Clips = 200,
        Labels = 6,
        Agreement = 0.99,
        ScoreDifference = 0.05,
        Cosine = 0.995,
    };

    public static TheoryData<Int8Fault?, Int8Certificate> Certificates() => new()
    {
        { null, Good },
        { Int8Fault.Outdated, Good with { GraphVersion = Int8Graph.Version - 1 } },
        { Int8Fault.OtherMachine, Good with { Engine = "1.1" } },
        { Int8Fault.OtherMachine, Good with { Processor = "x64 avx2 vnni" } },
        { Int8Fault.NotInformative, Good with { Labels = 2, Agreement = 1 } },
        { Int8Fault.Labels, Good with { Agreement = 0.985 } },
        { Int8Fault.Scores, Good with { ScoreDifference = 0.051 } },
        { Int8Fault.Embeddings, Good with { Cosine = 0.9949 } },
        { Int8Fault.Embeddings, Good with { Cosine = double.NaN } },
        { Int8Fault.Scores, Good with { ScoreDifference = double.NaN } },
    };

    [Theory]
    [MemberData(nameof(Certificates))]
    public void Fault_Figure_IsComparedWithTheLimit(Int8Fault? fault, Int8Certificate certificate) =>
        certificate.Fault("1.0", "x64 avx2").ShouldBe(fault);

    [Fact]
    public void MadeForIn_Certificate_NamesProcessorEngineWeightsAndProducts()
    {
        var certificate = Good with { Products = "u8u8" };

        certificate.MadeForIn("en").ShouldBe("made for x64 avx2, ONNX Runtime 1.0: 8-bit weights, u8u8 products");
        certificate.MadeForIn("zh").ShouldBe("适用于 x64 avx2、ONNX Runtime 1.0：8 位权重，u8u8 乘法");
    }

    [Fact]
    public void TextIn_EveryFault_HasBothLanguages()
    {
        foreach (var fault in Enum.GetValues<Int8Fault>())
        {
            fault.TextIn("zh").ShouldMatch(@"\p{IsCJKUnifiedIdeographs}");
            fault.TextIn("en").ShouldNotMatch(@"\p{IsCJKUnifiedIdeographs}");
        }
        Enum.GetValues<Int8Fault>().Select(fault => fault.TextIn("en")).ShouldBeUnique();
    }
}
