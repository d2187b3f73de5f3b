using Shouldly;
using SpeechEmotion.Server.Tests.Support;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Doctor;

public sealed class DoctorProgramTests : IDisposable
{
    private const string Nowhere = "postgresql://ser:secret@127.0.0.1:1/ser";

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Run_NewDatabaseAndFolder_FindsNoFault()
    {
        var (code, lines) = await RunAsync("--database", await SharedPostgres.Server.CreateAsync(), "--files", _folder.Path);

        code.ShouldBe(0);
        Subject(lines, "tables").ShouldContain("none yet");
        Subject(lines, "files").ShouldContain("the first server connects them");
        lines.ShouldNotContain(line => line.StartsWith("failed", StringComparison.Ordinal));
        // It leaves nothing behind.
        Directory.EnumerateFileSystemEntries(_folder.Path).ShouldBeEmpty();
    }

    [Fact]
    public async Task Run_InstallationInUse_FindsNoFault()
    {
        var database = await SharedPostgres.CreateAsync();
        await using var server = await RunningServer.StartAsync([("Database", database), ("Files", _folder.Path)]);

        var (code, lines) = await RunAsync(
            "--database", database, "--files", _folder.Path, "--broker", SharedRabbit.CreateHost());

        code.ShouldBe(0);
        Subject(lines, "tables").ShouldContain("those of this version");
        Subject(lines, "files").ShouldContain("belong to the database");
        Subject(lines, "broker").ShouldContain("RabbitMQ 3.");
    }

    [Fact]
    public async Task Run_FilesOfAnotherInstallation_Fails()
    {
        await using (await RunningServer.StartAsync([("Database", await SharedPostgres.CreateAsync()), ("Files", _folder.Path)]))
        {
        }

        var (code, lines) = await RunAsync("--database", await SharedPostgres.Server.CreateAsync(), "--files", _folder.Path);

        code.ShouldBe(1);
        Subject(lines, "files").ShouldContain("[history.other_files]");
    }

    [Fact]
    public async Task Run_NothingAnswers_NamesEachPartAndNoSecret()
    {
        var (code, lines) = await RunAsync(
            "--database", Nowhere, "--files", _folder.File("missing"), "--broker", "amqp://ser:secret@127.0.0.1:1/ser");

        code.ShouldBe(1);
        Subject(lines, "database").ShouldContain("[history.unreachable]");
        Subject(lines, "files").ShouldStartWith("failed");
        Subject(lines, "broker").ShouldStartWith("warning");
        lines.ShouldNotContain(line => line.Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_UserWithoutRights_Fails()
    {
        var database = await SharedPostgres.Server.CreateAsync();
        var (name, role) = (database.Split('/')[^1], $"reader_{Guid.NewGuid():N}");
        await SharedPostgres.Server.ExecuteAsync(name, $"CREATE ROLE {role} LOGIN");

        var (code, lines) = await RunAsync("--database", SharedPostgres.Server.AddressOf(name, role), "--files", _folder.Path);

        code.ShouldBe(1);
        lines.ShouldContain(line => line.Contains("[history.no_rights]", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_NoDatabase_IsTheDefault()
    {
        var (code, lines) = await RunAsync();

        code.ShouldBe(0);
        Subject(lines, "database").ShouldContain("SQLite");
    }

    [Theory]
    [InlineData("--database", "nonsense")]
    [InlineData("--broker", "amqp://a:b@c/d")]
    [InlineData("--unknown", "x")]
    public async Task Run_WrongArguments_Refuses(string flag, string value) => (await RunAsync(flag, value)).Code.ShouldBe(2);

    public void Dispose() => _folder.Dispose();

    private static async Task<(int Code, string[] Lines)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        var code = await DoctorProgram.RunAsync(arguments, output);
        return (code, output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    private static string Subject(string[] lines, string subject) =>
        lines.First(line => line.Contains($" {subject} ", StringComparison.Ordinal));
}
