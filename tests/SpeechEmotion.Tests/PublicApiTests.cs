using PublicApiGenerator;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Tests;

/// <summary>What users of the package see.</summary>
public sealed class PublicApiTests
{
    [Fact]
    [Trait("Contract", "Written")]
    public void Library_PublicApi_IsTheContract()
    {
        var api = typeof(EmotionRecognizer).Assembly.GeneratePublicApi(new()
        {
            IncludeAssemblyAttributes = false,
            // It names the members of a class by their number.
            ExcludeAttributes = ["System.Runtime.CompilerServices.AsyncIteratorStateMachineAttribute"],
        });

        ContractFile.ShouldBe("SpeechEmotion.PublicAPI.txt", api.ReplaceLineEndings("\n") + "\n");
    }
}
