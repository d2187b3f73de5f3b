using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Xml.Linq;
using SpeechEmotion.Tests.Support;

namespace SpeechEmotion.Tests;

/// <summary>
/// The packages, packed as for publication, under a version that no earlier run used, so that a stale package in a cache
/// cannot replace them.
/// </summary>
public sealed class PackedLibrary : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public PackedLibrary()
    {
        Version = $"0.0.0-test.{DateTime.UtcNow.Ticks.ToString(CultureInfo.InvariantCulture)}";
        foreach (var project in (string[])["SpeechEmotion", "SpeechEmotion.Compact", "SpeechEmotion.Client"])
        {
            // Builds outside the repository's own output folders, which other tests use at the same time.
            Dotnet(
                _folder.Path, "pack", Path.Combine(Repository.Root, "src", project), "-c", "Release", "-o", _folder.File("packages"),
                "--artifacts-path", _folder.File("artifacts"), $"-p:Version={Version}", "-p:RunAnalyzers=false", "-v", "quiet", "-nologo");
        }
    }

    public string Version { get; }

    /// <summary>Opens a package.</summary>
    public ZipArchive Open(string id) => ZipFile.OpenRead(_folder.File($"packages/{id}.{Version}.nupkg"));

    /// <summary>Returns the metadata of a package.</summary>
    internal XElement Metadata(string id)
    {
        using var package = Open(id);
        using var stream = package.GetEntry($"{id}.nuspec")!.Open();
        var metadata = XElement.Load(stream).Elements().First();
        foreach (var element in metadata.DescendantsAndSelf())
            element.Name = element.Name.LocalName;
        return metadata;
    }

    /// <summary>Creates a program outside the repository that references packages, and builds it.</summary>
    /// <returns>A function that starts the program.</returns>
    internal ProcessStartInfo Build(TemporaryFolder folder, string program, params string[] packages)
    {
        File.WriteAllText(folder.File("Program.cs"), program);
        File.WriteAllText(folder.File("consumer.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <RestorePackagesPath>{folder.File("cache")}</RestorePackagesPath>
              </PropertyGroup>
              <ItemGroup>
                {string.Concat(packages.Select(id => $"<PackageReference Include=\"{id}\" Version=\"[{Version}]\" />"))}
              </ItemGroup>
            </Project>
            """);
        // Other packages are read from the user's cache; the packed ones go to a separate cache.
        File.WriteAllText(folder.File("nuget.config"), $"""
            <configuration>
              <packageSources><add key="packed" value="{_folder.File("packages")}" /></packageSources>
              <fallbackPackageFolders><add key="user" value="{UserCache}" /></fallbackPackageFolders>
            </configuration>
            """);
        Dotnet(folder.Path, "build", "-v", "quiet", "-nologo", "-o", folder.File("out"));
        return new ProcessStartInfo("dotnet", [folder.File("out/consumer.dll")]) { WorkingDirectory = folder.Path };
    }

    public void Dispose() => _folder.Dispose();

    private static string UserCache => Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } set
        ? set
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    private static void Dotnet(string directory, params string[] arguments) =>
        ProgramRun.Build(new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = directory });
}
