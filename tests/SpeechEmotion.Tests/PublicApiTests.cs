using PublicApiGenerator;
using SpeechEmotion.Client;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Tests;

/// <summary>What users of the packages see.</summary>
public sealed class PublicApiTests
{
    [Theory]
    [InlineData(typeof(EmotionRecognizer))]
    [InlineData(typeof(SpeechEmotionClient))]
    [Trait("Contract", "Written")]
    public void Package_PublicApi_IsTheContract(Type type)
    {
        var api = type.Assembly.GeneratePublicApi(new()
        {
            IncludeAssemblyAttributes = false,
            // The first one names the members of a class by their number; the others serve the OpenAPI document.
            ExcludeAttributes =
            [
                "System.Runtime.CompilerServices.AsyncIteratorStateMachineAttribute",
                "System.ComponentModel.DataAnnotations.AllowedValuesAttribute", "System.ComponentModel.DescriptionAttribute",
            ],
        });

        ContractFile.ShouldBe($"{type.Assembly.GetName().Name}.PublicAPI.txt", api.ReplaceLineEndings("\n") + "\n");
    }
}
