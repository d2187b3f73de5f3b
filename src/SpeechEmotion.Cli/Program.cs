using System.CommandLine;
using SpeechEmotion.Cli;
using SpeechEmotion.Inference;

Console.OutputEncoding = new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

if (args is ["serve", .. var forServer])
    return ServerProcess.Run(forServer);
if (args is ["worker" or "migrate" or "doctor", ..])
    return ServerProcess.Run(args);

var root = new RootCommand("Speech emotion recognition: drop in a recording, get its emotion. / 语音情感识别：放入录音，得到情感。")
{
    RecognizeCommand.Create(),
    BatchCommand.Create(),
    LiveCommand.Create(),
    ModelsCommand.Create(),
    InfoCommand.Create(),
    VerifyCommand.Create(),
    BenchCommand.Create(),
    VersionCommand.Create(),
    ServerCommand.Serve(),
    ServerCommand.Worker(),
    ServerCommand.Migrate(),
    ServerCommand.Doctor(),
};
// A name that begins with @ is a recording, not a file with more arguments.
var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
if (UsageErrors.In(parsed) is { Count: > 0 } errors)
{
    foreach (var error in errors)
        Console.Error.WriteLine(error);
    Console.Error.WriteLine("ser --help");
    return ExitCode.Usage;
}

// The engine's library is large and slow to load, so it loads while the model is searched.
Task engine = args is ["recognize", ..] ? Task.Run(() => InferenceRuntime.Version) : Task.CompletedTask;
var code = await CommandRun.Guard(parsed);
// A process that exits while a library is being loaded crashes.
await engine.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
return code;
