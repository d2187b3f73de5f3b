using System.Diagnostics;
using SpeechEmotion.Results;

namespace SpeechEmotion.Server.Logging;

/// <summary>
/// The spans of the server and its workers. All methods return null if nothing receives them. The context of a request is stored in the
/// row of its work, so its trace continues in whichever program does the work.
/// </summary>
internal static class ServerTraces
{
    /// <summary>The name of the source.</summary>
    public const string Name = "SpeechEmotion.Server";

    private static readonly ActivitySource Source = new(Name, ProductVersion.Text);

    /// <summary>The context of the current request as a W3C <c>traceparent</c>, to be stored with its work; null if it has none.</summary>
    public static string? Current
    {
        get
        {
            // A server that exports no traces passes on the client's context: its own span would be missing.
            var trace = Source.HasListeners() ? Activity.Current?.Id : Activity.Current?.ParentId;
            // Written anew, because a client may send a longer text.
            return Parse(trace) is { TraceId: var id, SpanId: var span, TraceFlags: var flags } context && context != default
                ? $"00-{id}-{span}-{(int)flags:x2}"
                : null;
        }
    }

    /// <summary>Starts the span of work whose request has a stored context. Without one, it begins a trace.</summary>
    public static Activity? Continue(string name, string? trace) =>
        Source.StartActivity(name, ActivityKind.Consumer, Parse(trace));

    /// <summary>Starts a span that begins a trace and refers to the stored context of a request.</summary>
    public static Activity? Begin(string name, string? trace)
    {
        Activity.Current = null;
        return Source.StartActivity(
            name, ActivityKind.Consumer, default(ActivityContext), links: Parse(trace) is var link && link != default ? [new(link)] : null);
    }

    /// <summary>Records the time during which work waited, since its request.</summary>
    public static void AddWait(string? trace, DateTimeOffset since)
    {
        // Without a context, it would be a trace of its own.
        if (Parse(trace) is var parent && parent != default)
            Source.StartActivity("wait", ActivityKind.Internal, parent, startTime: since)?.Dispose();
    }

    /// <summary>Starts a part of the current span; null if there is none.</summary>
    public static Activity? Part(string name) => Part(name, Activity.Current);

    /// <summary>Starts a part of a span; null if there is none.</summary>
    public static Activity? Part(string name, Activity? whole) =>
        whole is null ? null : Source.StartActivity(name, ActivityKind.Internal, whole.Context);

    /// <summary>Marks a span as failed. Only the code is exported, because the message may name files.</summary>
    public static void Fail(this Activity span, string code) => span.SetTag("error.type", code).SetStatus(ActivityStatusCode.Error, code);

    /// <returns>The default value without a valid text.</returns>
    private static ActivityContext Parse(string? trace) =>
        ActivityContext.TryParse(trace, null, isRemote: true, out var context) ? context : default;
}
