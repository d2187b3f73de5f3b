using SpeechEmotion.Server;
using SpeechEmotion.Storage;

Console.OutputEncoding = new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
// Before anything else: with too few files, the libraries that all else needs cannot be loaded.
if (OpenFiles.ServerFault is { } fault)
{
    Console.Error.WriteLine(fault);
    return 1;
}
return await ServerProgram.RunAsync(args);
