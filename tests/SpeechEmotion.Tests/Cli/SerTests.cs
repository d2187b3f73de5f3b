using Xunit;

namespace SpeechEmotion.Tests.Cli;

/// <summary>The tests of the program: it is built once, and they run one after another.</summary>
[CollectionDefinition(Name)]
public sealed class SerTests : ICollectionFixture<SerProgram>
{
    public const string Name = "ser";
}
