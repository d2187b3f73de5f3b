using Xunit;

namespace SpeechEmotion.Server.Tests.Support;

/// <summary>
/// Tests that run while no other does. Metrics are shared by all servers of a process: one that ends takes away what another
/// still counts.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public static class Alone
{
    public const string Name = "alone";
}
