using Microsoft.AspNetCore.Http.Features;

namespace SpeechEmotion.Server.Http;

/// <summary>A limit for bodies that carry no recording.</summary>
internal static class BodyLimit
{
    /// <summary>Refuses more than so many bytes of the body, which must not be read yet.</summary>
    public static void LimitBody(this HttpContext context, long bytes)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = bytes;
    }
}
