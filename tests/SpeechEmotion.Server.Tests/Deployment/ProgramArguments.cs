using Shouldly;
using SpeechEmotion.Server.Settings;

namespace SpeechEmotion.Server.Tests.Deployment;

/// <summary>The arguments of <c>ser</c> in a file.</summary>
internal static class ProgramArguments
{
    /// <summary>Checks that the program takes them.</summary>
    public static void Check(IEnumerable<string> arguments)
    {
        string[] all = [.. arguments];
        var command = all[0] switch
        {
            "serve" => ServerSetting.Command,
            "worker" => ServerSetting.WorkerCommand,
            var other => throw new ShouldAssertException($"ser {other} is not a program that runs."),
        };
        command.Parse(all[1..]).Errors.ShouldBeEmpty(string.Join(' ', all));
    }
}
