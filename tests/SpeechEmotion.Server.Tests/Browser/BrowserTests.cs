using Xunit;

namespace SpeechEmotion.Server.Tests.Browser;

/// <summary>The tests of the page: they share one browser and one server, and run one after another.</summary>
[CollectionDefinition(Name)]
public sealed class BrowserTests : ICollectionFixture<Chromium>, ICollectionFixture<PageServer>
{
    public const string Name = "browser";
}
