using SpeechEmotion.Errors;
using SpeechEmotion.Server;

Console.OutputEncoding = new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
var parsed = ServerSetting.Command.Parse(args);
if (parsed.Errors.Count > 0 || parsed.Action is not null)
    return parsed.Invoke() == 0 ? 0 : 2;
try
{
    await using var app = SpeechEmotionServer.Build(ServerSetting.Read(parsed, Environment.GetEnvironmentVariable));
    await app.RunAsync();
    return 0;
}
catch (SpeechEmotionException e)
{
    Console.Error.WriteLine($"{e.Message} [{e.Code}]\n{e.MessageZh}");
    return 1;
}
