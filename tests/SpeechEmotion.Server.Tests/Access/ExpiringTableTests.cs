using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using SpeechEmotion.Server.Access;
using SpeechEmotion.Server.Settings;
using SpeechEmotion.Server.Storage.Notices;
using SpeechEmotion.Server.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Access;

/// <summary>Entries expire after their lifetime, and their number is limited.</summary>
public sealed class ExpiringTableTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public void Find_AfterItsLifetime_IsNull()
    {
        var table = new ExpiringTable<string>(10, TimeSpan.FromMinutes(5), _time);
        table.FindOrAdd("a", () => "1");
        _time.Advance(TimeSpan.FromMinutes(4));
        table.FindOrAdd("a", () => "2").ShouldBe("1");

        _time.Advance(TimeSpan.FromMinutes(1));

        table.Find("a").ShouldBeNull();
        table.Count.ShouldBe(0);
    }

    [Fact]
    public void FindOrAdd_BeyondItsCapacity_RemovesTheOldest()
    {
        var table = new ExpiringTable<string>(3, TimeSpan.FromMinutes(5), _time);

        foreach (var key in new[] { "a", "b", "c", "d" })
            table.FindOrAdd(key, () => key);

        table.Count.ShouldBe(3);
        table.Find("a").ShouldBeNull();
        table.Find("d").ShouldBe("d");
    }

    [Fact]
    public void FindOrAdd_AfterRemove_HasItsOwnLifetime()
    {
        var table = new ExpiringTable<string>(3, TimeSpan.FromMinutes(5), _time);
        table.FindOrAdd("a", () => "old");
        table.Remove("a");
        _time.Advance(TimeSpan.FromMinutes(3));

        table.FindOrAdd("a", () => "new");
        _time.Advance(TimeSpan.FromMinutes(3));

        table.Find("a").ShouldBe("new");
    }

    [Fact]
    public async Task Session_AfterAWeek_HasExpired()
    {
        await using var database = await BatchDatabase.CreateAsync(_time);
        using var board = new NoticeBoard(database.Database, database.Server, _time, NullLogger<NoticeBoard>.Instance);
        using var sessions = new LoginSessions(
            new(Microsoft.Extensions.Options.Options.Create(new ServerOptions())), new(database.Database, _time), board, _time);
        var token = await sessions.OpenAsync(new("ann", "user:ann", Ambient: true), TestContext.Current.CancellationToken);
        (await sessions.FindAsync(token, TestContext.Current.CancellationToken))!.Name.ShouldBe("ann");

        _time.Advance(LoginSessions.Life);

        (await sessions.FindAsync(token, TestContext.Current.CancellationToken)).ShouldBeNull();
    }
}
