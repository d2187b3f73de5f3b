using Shouldly;
using SpeechEmotion.Server.Settings;
using Xunit;

namespace SpeechEmotion.Server.Tests.Settings;

public sealed class BrokerAddressTests
{
    [Theory]
    [InlineData("amqp://host", "host:5672/", false, "guest", "guest", "/")]
    [InlineData("amqp://host/", "host:5672/", false, "guest", "guest", "/")]
    [InlineData("amqp://ser:se%40cret@host:5673/voice", "host:5673/voice", false, "ser", "se@cret", "voice")]
    [InlineData("amqps://ser:secret@one,two:5673,[::1]/a%2Fb", "one:5671,two:5673,[::1]:5671/a/b", true, "ser", "secret", "a/b")]
    [InlineData("amqp://ser@host", "host:5672/", false, "ser", "guest", "/")]
    public void TryParse_Address_IsRead(string text, string name, bool isEncrypted, string user, string password, string host)
    {
        BrokerAddress.TryParse(text, out var address).ShouldBeTrue();

        (address!.Name, address.IsEncrypted, address.User, address.Password, address.VirtualHost)
            .ShouldBe((name, isEncrypted, user, password, host));
        $"{address}".ShouldBe(name);
    }

    [Theory]
    [InlineData("host")]
    [InlineData("http://host")]
    [InlineData("amqp://")]
    [InlineData("amqp:///voice")]
    [InlineData("amqp://user:secret@")]
    [InlineData("amqp://one,,two")]
    [InlineData("amqp://host:port")]
    [InlineData("amqp://host/a/b")]
    [InlineData("amqp://host?heartbeat=5")]
    [InlineData("amqp://user:a:b@c@host")]
    [InlineData("amqp://user:12/secret@host")]
    public void TryParse_OtherText_IsRefused(string text) => BrokerAddress.TryParse(text, out _).ShouldBeFalse();
}
