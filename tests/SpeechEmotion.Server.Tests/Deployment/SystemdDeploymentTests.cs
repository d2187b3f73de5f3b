using Shouldly;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Deployment;

/// <summary>The units of systemd.</summary>
public sealed class SystemdDeploymentTests
{
    private const string Analyzer = "/usr/bin/systemd-analyze";

    public static TheoryData<string> Units => [.. DeploymentFiles.In("systemd", "*.service")];

    [Theory, MemberData(nameof(Units))]
    public void Unit_Security_IsAtMostTwo(string path)
    {
        Assert.SkipUnless(File.Exists(Analyzer), "This machine has no systemd (apt-get install systemd).");

        // Tenths.
        var run = ProgramRun.Of(new(
            Analyzer, ["security", "--offline=true", "--threshold=20", "--no-pager", Path.Combine(DeploymentFiles.Root, path)]));

        run.ExitCode.ShouldBe(0, run.Output + run.Errors);
        run.Output.ShouldContain("Overall exposure level");
        // A line that systemd does not know.
        run.Errors.ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Units))]
    public void Unit_Program_HasItsArgumentsAndTimeToStop(string path)
    {
        var lines = DeploymentFiles.Text(path).Split('\n');

        ProgramArguments.Check(lines.Single(line => line.StartsWith("ExecStart=", StringComparison.Ordinal)).Split(' ')[1..]);
        // A drain takes two minutes.
        lines.ShouldContain("TimeoutStopSec=150");
        lines.ShouldContain("Restart=on-failure");
    }
}
