using System.Globalization;

namespace SpeechEmotion.Server.Http;

/// <summary>The language of a request.</summary>
internal static class RequestLanguage
{
    /// <summary>Returns <c>zh</c> if Accept-Language prefers any Chinese to English, else <c>en</c>.</summary>
    public static string Language(this HttpContext context) => context.PreferredLanguage() ?? "en";

    /// <summary>Returns <c>zh</c> or <c>en</c>, whichever Accept-Language prefers; null if it names neither.</summary>
    public static string? PreferredLanguage(this HttpContext context)
    {
        var best = context.Request.GetTypedHeaders().AcceptLanguage
            .Where(language => language.Quality is not 0)
            .OrderByDescending(language => language.Quality ?? 1)
            .Select(language => language.Value.ToString())
            .FirstOrDefault(tag => Is(tag, "zh") || Is(tag, "en"));
        return best is null ? null : Is(best, "zh") ? "zh" : "en";
    }

    private static bool Is(string tag, string language) =>
        tag.StartsWith(language, ignoreCase: true, CultureInfo.InvariantCulture);
}
