using System.Collections.Frozen;

namespace SpeechEmotion.Server.Access;

/// <summary>Some of the server's addresses, with or without a slash at the end.</summary>
/// <param name="exact">These.</param>
/// <param name="below">These, and all below them.</param>
/// <param name="gradio">These and all below them, at the root and below <see cref="GradioPrefix"/>.</param>
internal sealed class PathSet(string[] exact, string[] below, string[] gradio)
{
    /// <summary>Where newer Gradio clients look for the routes that older ones look for at the root.</summary>
    public const string GradioPrefix = "/gradio_api";

    private readonly FrozenSet<string> _exact = exact.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a path is one of them.</summary>
    public bool Contains(PathString path)
    {
        var root = path.StartsWithSegments(GradioPrefix, out var rest) ? rest : path;
        return _exact.Contains(path.Value is { Length: > 1 } value ? value.TrimEnd('/') : "/")
            || below.Any(folder => path.StartsWithSegments(folder))
            || gradio.Any(folder => root.StartsWithSegments(folder));
    }
}
