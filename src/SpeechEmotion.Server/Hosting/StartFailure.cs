using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;
using SpeechEmotion.Errors;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Settings;
using SpeechEmotion.Storage;

namespace SpeechEmotion.Server.Hosting;

/// <summary>The report of a server that cannot start.</summary>
/// <param name="ExitCode">1 for a failure of the machine, 2 for wrong settings.</param>
/// <param name="Text">The message, in both languages.</param>
internal sealed record StartFailure(int ExitCode, string Text)
{
    private const string Binder = "Microsoft.Extensions.Configuration.Binder";

    /// <summary>Explains an exception; for an unexpected one, the text contains its innermost cause.</summary>
    /// <param name="failure">The exception.</param>
    /// <param name="options">The server's settings; null if they could not be read.</param>
    public static StartFailure Of(Exception failure, ServerOptions? options) => failure switch
    {
        _ when OpenFiles.AreExhausted(failure) => Of(RequestErrors.TooManyFiles(failure)),
        OptionsValidationException wrong => new(2, $"{string.Join('\n', wrong.Failures)} [request.invalid]"),
        InvalidOperationException wrong when wrong.Source == Binder => new(2, Unbound(wrong)),
        SpeechEmotionException known => Of(known),
        IOException { InnerException: AddressInUseException } when options is not null => Taken(failure, options.Port),
        // The server can listen on neither loopback address.
        IOException { InnerException: AggregateException { InnerExceptions: [var first, ..] } } => Of(first, options),
        SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse } when options is not null => Taken(failure, options.Port),
        SocketException { SocketErrorCode: SocketError.AccessDenied } when options is not null =>
            Of(ListenErrors.PortDenied(options.Port, failure)),
        SocketException { SocketErrorCode: SocketError.AddressNotAvailable } when options is not null =>
            Of(ListenErrors.Host(options.Host, failure)),
        { InnerException: { } cause } => Of(cause, options),
        _ => new(
            1,
            $"The server cannot run: {failure.GetType().Name}: {failure.Message.ReplaceLineEndings(" ")} [server.unexpected]\n服务无法运行。"),
    };

    /// <summary>Reports the setting that cannot be read; the binder's own message would name C# types.</summary>
    private static string Unbound(InvalidOperationException wrong)
    {
        var key = wrong.Message.Split('\'')
            .FirstOrDefault(part => part.StartsWith($"{ServerOptions.Section}:", StringComparison.Ordinal)) ?? ServerOptions.Section;
        return $"The value of the setting {key} cannot be read. / 设置 {key} 的值无法读取。 [request.invalid]";
    }

    private static StartFailure Taken(Exception failure, int port) => Of(ListenErrors.PortTaken(port, PortOwner.Find(port), failure));

    private static StartFailure Of(SpeechEmotionException known) => new(1, $"{known.Message} [{known.Code}]\n{known.MessageZh}");
}
