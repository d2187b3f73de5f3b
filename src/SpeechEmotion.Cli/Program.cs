using System.CommandLine;
using SpeechEmotion.Cli;
using SpeechEmotion.Models;

Console.OutputEncoding = new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

// The engine's library is large and slow to load: it loads while the command line is read.
if (args is ["recognize", ..])
    _ = Task.Run(() => InferenceRuntime.Version);

var root = new RootCommand("Speech emotion recognition: drop in a recording, get its emotion. / 语音情感识别：放入录音，得到情感。")
{
    RecognizeCommand.Create(),
    ModelsCommand.Create(),
    InfoCommand.Create(),
    VersionCommand.Create(),
};
var parsed = root.Parse(args);
if (parsed.Errors.Count > 0)
{
    foreach (var error in parsed.Errors)
        Console.Error.WriteLine(error.Message);
    Console.Error.WriteLine("ser --help");
    return ExitCode.Usage;
}
return await CommandRun.Guard(parsed);
