using SpeechEmotion.Server.Hosting;

namespace SpeechEmotion.Server.Access;

/// <summary>Who sends a request, and from where.</summary>
internal static class CallerContext
{
    /// <summary>The caller; null if it is not identified.</summary>
    public static Caller? Caller(this HttpContext context) => Access.Caller.Of(context.User);

    /// <summary>The network of the client.</summary>
    public static string Place(this HttpContext context) =>
        context.Connection.RemoteIpAddress is { } address ? ClientNetwork.Of(address) : "";
}
