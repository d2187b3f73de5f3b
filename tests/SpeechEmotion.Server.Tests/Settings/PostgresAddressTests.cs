using Npgsql;
using Shouldly;
using SpeechEmotion.Server.Settings;
using Xunit;

namespace SpeechEmotion.Server.Tests.Settings;

public sealed class PostgresAddressTests
{
    [Theory]
    [InlineData("postgresql://ann:s%40fe@db.example.com:5433/calls", "db.example.com:5433/calls", "ann", "s@fe")]
    [InlineData("postgres://ann@db/calls", "db:5432/calls", "ann", null)]
    [InlineData("postgresql://[::1]/a%20b", "::1:5432/a b", null, null)]
    [InlineData("Host=db;Database=calls;User Id=ann;Password=secret", "db:5432/calls", "ann", "secret")]
    public void Parse_Address_HasItsParts(string text, string? name, string? user, string? password)
    {
        PostgresAddress.TryParse(text, out var address).ShouldBe(name is not null);

        address?.Name.ShouldBe(name);
        var settings = new NpgsqlConnectionStringBuilder(address?.Connection);
        (settings.Username, settings.Password).ShouldBe((user, password));
    }

    [Fact]
    public void Parse_Settings_ReplaceTheDefaults()
    {
        PostgresAddress.TryParse("postgresql://db/calls?sslmode=require&command_timeout=1", out _).ShouldBeFalse();
        PostgresAddress.TryParse("postgresql://db/calls?sslmode=require&connect_timeout=9&application_name=a", out var address)
            .ShouldBeTrue();

        var settings = new NpgsqlConnectionStringBuilder(address!.Connection);
        (settings.SslMode, settings.Timeout, settings.ApplicationName).ShouldBe((SslMode.Require, 9, "a"));
        settings.KeepAlive.ShouldBe(30);
    }

    [Theory]
    [InlineData("")]
    [InlineData("db")]
    [InlineData("mysql://db/calls")]
    [InlineData("postgresql://db")]
    [InlineData("postgresql:///calls")]
    [InlineData("postgresql://db:99999/calls")]
    [InlineData("postgresql://db/calls?sslmode=sometimes")]
    [InlineData("Database=calls")]
    [InlineData("Host=db;Database=calls;Colour=red")]
    public void Parse_AnythingElse_IsRefused(string text) => PostgresAddress.TryParse(text, out _).ShouldBeFalse();
}
