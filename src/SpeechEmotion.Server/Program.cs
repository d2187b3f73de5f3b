using SpeechEmotion.Server;
using SpeechEmotion.Server.Batches.Offline;
using SpeechEmotion.Storage;

Console.OutputEncoding = new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
// Check first: with too few file descriptors, the libraries that the rest needs cannot be loaded.
if (OpenFiles.ServerFault is { } fault)
{
    Console.Error.WriteLine(fault);
    return 1;
}
return args switch
{
    ["batch", var request, .. var sources] => await BatchProgram.RunAsync(request, sources),
    ["doctor", .. var settings] => await DoctorProgram.RunAsync(settings, Console.Out),
    ["migrate", .. var settings] => await MigrateProgram.RunAsync(settings),
    ["worker", .. var settings] => await WorkerProgram.RunAsync(settings),
    _ => await ServerProgram.RunAsync(args),
};
