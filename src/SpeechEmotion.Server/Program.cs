using Microsoft.Extensions.Options;
using SpeechEmotion.Server;
using SpeechEmotion.Server.Listening;

Console.OutputEncoding = new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
var parsed = ServerSetting.Command.Parse(args);
if (parsed.Errors.Count > 0 || parsed.Action is not null)
    return parsed.Invoke() == 0 ? 0 : 2;
ServerOptions? options = null;
try
{
    await using var app = SpeechEmotionServer.Build(ServerSetting.Read(parsed, Environment.GetEnvironmentVariable));
    options = app.Services.GetRequiredService<IOptions<ServerOptions>>().Value;
    await app.RunAsync();
    return 0;
}
catch (Exception e) when (StartFailure.Of(e, options) is { } failure)
{
    Console.Error.WriteLine(failure.Text);
    return failure.ExitCode;
}
