using Shouldly;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Tests;

/// <summary>Compares the dependencies between code folders with the tables of ARCHITECTURE.md and web/README.md.</summary>
public sealed class ArchitectureTests
{
    private const int MaxLines = 400;

    private static readonly SourceFile[] Files = SourceFile.ReadAll("src");

    private static readonly ScriptFile[] Scripts = ScriptFile.ReadAll("web/src");

    public static TheoryData<string, string> Tables => new()
    {
        { "ARCHITECTURE.md", "SpeechEmotion" },
        { "ARCHITECTURE.md", "SpeechEmotion.Cli" },
        { "ARCHITECTURE.md", "SpeechEmotion.Server" },
        { "ARCHITECTURE.md", "SpeechEmotion.Client" },
        { "web/README.md", "web" },
    };

    [Theory]
    [MemberData(nameof(Tables))]
    public void Room_MayUse_OnlyRoomsAboveIt(string document, string project)
    {
        var rooms = RoomTable.Read(document, project);

        for (var i = 0; i < rooms.Count; i++)
            rooms[i].MayUse.ShouldBeSubsetOf(rooms.Take(i).Select(room => room.Name), $"{project}: {rooms[i].Name}");
    }

    [Theory]
    [InlineData("SpeechEmotion")]
    [InlineData("SpeechEmotion.Cli")]
    [InlineData("SpeechEmotion.Server")]
    [InlineData("SpeechEmotion.Client")]
    public void Room_Uses_TheRoomsOfItsTable(string project)
    {
        var rooms = RoomTable.Read("ARCHITECTURE.md", project);
        var files = Files.Where(file => file.Project == project).ToArray();
        var declared = files
            .SelectMany(file => file.TopLevelTypes, (file, type) => (file.Room, type))
            .ToLookup(pair => pair.type, pair => pair.Room);

        files.Select(file => file.Room).Distinct().ShouldBe(rooms.Select(room => room.Name), ignoreOrder: true);
        foreach (var room in rooms)
        {
            var used = files.Where(file => file.Room == room.Name)
                .SelectMany(file => file.UsedRooms.Concat(
                    file.Words.SelectMany(word => declared[word].Where(other => file.Names(other, word)))))
                .Where(other => other != room.Name).Distinct();
            used.ShouldBe(room.MayUse, ignoreOrder: true, $"{project}: {(room.Name.Length == 0 ? "the root" : room.Name)}");
        }
    }

    [Fact]
    public void WebFolder_Imports_TheFoldersOfItsTable()
    {
        var rooms = RoomTable.Read("web/README.md", "web");

        Scripts.Select(script => script.Room(rooms)).Distinct().ShouldBe(rooms.Select(room => room.Name), ignoreOrder: true);
        foreach (var room in rooms)
        {
            var used = Scripts.Where(script => script.Room(rooms) == room.Name).SelectMany(script => script.Imports(rooms))
                .Where(other => other != room.Name).Distinct();
            used.ShouldBe(room.MayUse, ignoreOrder: true, room.Name);
        }
    }

    [Fact]
    public void WebFile_ImportsOtherFolders_ByTheirFullName() => Scripts.Where(script => script.LeavesItsFolder)
        .Select(script => script.Name).ShouldBeEmpty();

    [Fact]
    public void Library_KnowsNoConsoleServerOrCommand() => Files.Where(file => file.Project == "SpeechEmotion")
        .SelectMany(
            file => ((string[])["Console", "AspNetCore", "Cli", "Benchmarks"]).Where(file.Words.Contains),
            (file, word) => $"{file.Name} mentions {word}")
        .ShouldBeEmpty();

    [Fact]
    public void Cli_KnowsNoServer() => Files
        .Where(file => file.Project == "SpeechEmotion.Cli" && file.Words.Contains("AspNetCore")).Select(file => file.Name).ShouldBeEmpty();

    [Fact]
    public void File_HasAtMostOneTypeOfItsNameForOthers()
    {
        foreach (var file in Files.Where(file => file.TopLevelTypes.Length > 0))
            file.TopLevelTypes.ShouldBe([Path.GetFileNameWithoutExtension(file.Name)], file.Name);
    }

    [Fact]
    public void File_NamespaceIsItsFolder()
    {
        foreach (var file in Files.Where(file => !file.Name.EndsWith("/Program.cs", StringComparison.Ordinal)))
            file.Namespace.ShouldBe(Path.GetDirectoryName(file.Name)!.Replace('/', '.'), file.Name);
    }

    /// <summary>EF Core writes the migrations.</summary>
    [Fact]
    public void File_IsNotLong() => Files
        .Where(file => file.Lines > MaxLines && !file.Name.Contains("/Migrations/", StringComparison.Ordinal))
        .Select(file => file.Name).ShouldBeEmpty();
}
