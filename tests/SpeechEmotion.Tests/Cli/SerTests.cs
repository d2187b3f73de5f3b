using Xunit;

namespace SpeechEmotion.Tests.Cli;

/// <summary>The collection of program tests: the program is built once, and its tests run sequentially.</summary>
[CollectionDefinition(Name)]
public sealed class SerTests : ICollectionFixture<SerProgram>
{
    public const string Name = "ser";
}
