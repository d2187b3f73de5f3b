using Microsoft.AspNetCore.Http.Features;

namespace SpeechEmotion.Server.Http;

/// <summary>A limit for bodies without a recording.</summary>
internal static class BodyLimit
{
    /// <summary>Sets the limit of the request body in bytes; the body must not have been read yet.</summary>
    public static void LimitBody(this HttpContext context, long bytes)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = bytes;
    }
}
