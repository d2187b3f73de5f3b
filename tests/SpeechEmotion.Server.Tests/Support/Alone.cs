using Xunit;

namespace SpeechEmotion.Server.Tests.Support;

/// <summary>
/// Tests that must not run beside others. All servers of a process share its metrics: a server that ends removes those that
/// another one still counts.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public static class Alone
{
    public const string Name = "alone";
}
