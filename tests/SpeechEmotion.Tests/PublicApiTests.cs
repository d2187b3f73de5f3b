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
            // The first one names the members of a class by their number; the others serve the OpenAPI document.
            ExcludeAttributes =
            [
                "System.Runtime.CompilerServices.AsyncIteratorStateMachineAttribute",
                "System.ComponentModel.DataAnnotations.AllowedValuesAttribute", "System.ComponentModel.DescriptionAttribute",
            ],
        });

        ContractFile.ShouldBe("SpeechEmotion.PublicAPI.txt", api.ReplaceLineEndings("\n") + "\n");
    }
}
