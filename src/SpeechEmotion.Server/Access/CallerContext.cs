using SpeechEmotion.Server.Hosting;

namespace SpeechEmotion.Server.Access;

/// <summary>The caller and the network of a request.</summary>
internal static class CallerContext
{
    /// <summary>Returns the caller; null if it is not identified.</summary>
    public static Caller? Caller(this HttpContext context) => Access.Caller.Of(context.User);

    /// <summary>Returns the network of the client.</summary>
    public static string Place(this HttpContext context) =>
        context.Connection.RemoteIpAddress is { } address ? ClientNetwork.Of(address) : "";
}
