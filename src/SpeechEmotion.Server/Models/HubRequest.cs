using SpeechEmotion.Server.Errors;

namespace SpeechEmotion.Server.Models;

/// <summary>Whom to ask for a model.</summary>
/// <param name="From"><c>modelscope</c> or <c>huggingface</c>; null for the one that answers first.</param>
public sealed record HubRequest(string? From = null)
{
    /// <summary>The hub; never an address, which would let a client choose whom the server talks to.</summary>
    /// <exception cref="RequestException"><c>request.invalid</c>.</exception>
    internal static string? HubOf(string? from) => from is null or "modelscope" or "huggingface"
        ? from
        : throw RequestErrors.NotOneOf("from", from, "modelscope", "huggingface");
}
