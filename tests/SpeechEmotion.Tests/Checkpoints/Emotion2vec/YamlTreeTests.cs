using Shouldly;
using SpeechEmotion.Checkpoints.Emotion2vec;
using SpeechEmotion.Errors;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Tests.Checkpoints.Emotion2vec;

public sealed class YamlTreeTests
{
    [Fact]
    public void Read_Mapping_GivesTextsNullsListsAndMappings()
    {
        var tree = Read("a: 1\nb: ~\nc: ['~', null, x]\nd: {e: 'f g'}\n? h\n: i\n");

        tree["a"].ShouldBe("1");
        tree["b"].ShouldBeNull();
        tree["c"].ShouldBeOfType<List<object?>>().ShouldBe(["~", null, "x"]);
        tree["d"].ShouldBeOfType<Dictionary<string, object?>>()["e"].ShouldBe("f g");
        tree["h"].ShouldBe("i");
    }

    public static TheoryData<string, string> Hostile() => new()
    {
        { "deep flow", "a: " + new string('[', 500_000) },
        { "deep mapping", "a: " + string.Concat(Enumerable.Repeat("{a: ", 100_000)) },
        { "deep block", string.Concat(Enumerable.Range(0, 1000).Select(i => new string(' ', i) + "a:\n")) },
        { "alias bomb", "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n" },
        { "anchor", "a: &a x\n" },
        { "too large", "a: " + new string('x', 1 << 20) },
        { "twice", "a: 1\na: 2\n" },
        { "mapping as a key", "? {a: b}\n: c\n" },
        { "list as a key", "? [a]\n: c\n" },
        { "two documents", "a: 1\n---\nb: 2\n" },
        { "not YAML", "a: [1, 2\nb: }" },
        { "a text", "hello" },
        { "a list", "- 1\n- 2\n" },
        { "empty", "" },
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Read_HostileOrUseless_IsBadConfig(string what, string text) =>
        Should.Throw<CheckpointException>(() => Read(text)).Code.ShouldBe("checkpoint.bad_config", what);

    [Fact]
    public void Read_NotUtf8_IsBadConfig()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.File("config.yaml"), [0x61, 0x3a, 0x20, 0xff, 0xfe]);

        Should.Throw<CheckpointException>(() => YamlTree.Read(folder.File("config.yaml"))).Code.ShouldBe("checkpoint.bad_config");
    }

    [Fact]
    public void Read_FlippedCharacters_GivesATreeOrBadConfig()
    {
        var original = File.ReadAllText(Path.Combine(Repository.Golden("emotion2vec"), "models", "tiny-f16", "config.yaml"));
        const string Signs = "[]{}:,-?&*!|>'\"%@`#\\ \t\n\r\0\u0085\uFEFFa1~<=";
        var random = new Random(20261123);
        var failures = 0;
        for (var round = 0; round < 2000; round++)
        {
            var text = original.ToCharArray();
            for (var flips = random.Next(1, 6); flips > 0; flips--)
                text[random.Next(text.Length)] = Signs[random.Next(Signs.Length)];
            try
            {
                Read(new(text));
            }
            catch (CheckpointException failure)
            {
                failure.Code.ShouldBe("checkpoint.bad_config");
                failures++;
            }
        }

        failures.ShouldBeInRange(1, 1999);
    }

    private static Dictionary<string, object?> Read(string text)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("config.yaml"), text);
        return YamlTree.Read(folder.File("config.yaml"));
    }
}
