using System.Text.RegularExpressions;
using Shouldly;
using SpeechEmotion.Server.Settings;
using Xunit;

namespace SpeechEmotion.Server.Tests.Deployment;

/// <summary>What the files of <c>deploy/</c> say to the program.</summary>
public sealed partial class SettingsDeploymentTests
{
    /// <summary>A folder of the command, not a setting of the server.</summary>
    private const string Store = "SER_HOME";

    public static TheoryData<string> Files => [.. DeploymentFiles.In("", "*")];

    [Theory, MemberData(nameof(Files))]
    public void Variables_OfEachFile_AreSettings(string path)
    {
        string[] known = [Store, .. ServerSetting.All.Select(setting => setting.Variable)];

        VariablePattern().Matches(DeploymentFiles.Text(path)).Select(match => match.Value).Except(known).ShouldBeEmpty();
    }

    [GeneratedRegex(@"\bSER_[A-Z_]+\b")]
    private static partial Regex VariablePattern();
}
