using Shouldly;
using SpeechEmotion.Models;
using Xunit;

namespace SpeechEmotion.Tests.Models;

public sealed class ReferenceCertificateTests
{
    private static readonly ReferenceCertificate Good = new()
    {
        Label = "生气/angry",
        ReferenceLabel = "生气/angry",
        Difference = 0.05,
        DifferenceLabel = "<unk>",
        ExampleSha256 = new('a', 64),
        Version = "0.1.0",
        Engine = "1.0",
        Processor = "x64 avx2",
    };

    public static TheoryData<bool, ReferenceCertificate> Certificates() => new()
    {
        { true, Good },
        { false, Good with { Difference = 0.0501 } },
        { false, Good with { Difference = null } },
        { false, Good with { Label = "难过/sad", Difference = 0.01 } },
        { false, Good with { ReferenceLabel = null } },
    };

    [Theory]
    [MemberData(nameof(Certificates))]
    public void Agrees_Certificate_NeedsTheLabelAndEveryScore(bool agrees, ReferenceCertificate certificate)
    {
        certificate.Agrees.ShouldBe(agrees);
        (certificate.AdviceIn("m", "en") is null).ShouldBe(agrees);
        (certificate.AdviceIn("m", "zh") is null).ShouldBe(agrees);
        certificate.TextIn("zh").ShouldMatch(@"\p{IsCJKUnifiedIdeographs}");
    }

    [Fact]
    public void TextIn_Difference_NamesBothLabelsTheScoreAndWhatToDo()
    {
        var differing = Good with { Label = "难过/sad", Difference = 3.25 };

        differing.TextIn("en").ShouldBe(
            "answers its own example differently from FunASR: 难过/sad here, 生气/angry there; "
            + "natural logarithms of the scores differ by at most 3.25 (<unk>, limit 0.05)");
        differing.AdviceIn("m", "en")!.ShouldContain("ser models show m");
        differing.AdviceIn("m", "zh")!.ShouldContain("ser models show m");
    }

    [Fact]
    public void Entries_PlusLarge_HasTheNineScoresThatArePublished()
    {
        var reference = ModelCatalogue.Find(ModelCatalogue.Preferred)!.Reference!;

        reference.Example.ShouldBe("example/test.wav");
        reference.Scores.Count.ShouldBe(9);
        reference.Scores.ShouldAllBe(score => score > 0);
        reference.Scores.Sum().ShouldBe(1, 1e-8);
        Math.Log(reference.Scores[8]).ShouldBe(-46.6205, 1e-3);
    }
}
