using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Gradio;

/// <summary>The npm package <c>@gradio/client</c>, downloaded once per version.</summary>
internal static class JavaScriptClient
{
    private static readonly Lock Gate = new();

    /// <summary>Installs a version if it is missing and returns its folder; skips the test if npm fails.</summary>
    public static string Install(string version)
    {
        var folder = Path.Combine(Repository.Root, "artifacts", "gradio-clients", version);
        lock (Gate)
        {
            if (File.Exists(Path.Combine(folder, "complete")))
                return folder;
            Directory.CreateDirectory(folder);
            File.WriteAllText(Path.Combine(folder, "package.json"), "{\"private\":true}");
            var run = ProgramRun.Of(new(
                "npm",
                ["install", "--prefix", folder, "--ignore-scripts", "--no-audit", "--no-fund", "--save-exact", $"@gradio/client@{version}"])
            {
                WorkingDirectory = folder,
            });
            Assert.SkipWhen(run.ExitCode != 0, $"npm cannot fetch @gradio/client {version}: {run.Errors}");
            File.WriteAllText(Path.Combine(folder, "complete"), "");
        }
        return folder;
    }
}
