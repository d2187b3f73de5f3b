using System.ComponentModel.DataAnnotations;
using SpeechEmotion.Server.Http;

namespace SpeechEmotion.Server.Models;

/// <summary>The hub to ask for a model.</summary>
/// <param name="From">The hub; null for the hub that answers first.</param>
public sealed record HubRequest([property: AllowedValues("modelscope", "huggingface")] string? From = null)
{
    /// <summary>
    /// Validates the hub. An address is refused, because it would let a client choose the hosts that the server contacts.
    /// </summary>
    /// <exception cref="RequestException"><c>request.invalid</c>.</exception>
    internal static string? HubOf(string? from) => from is null or "modelscope" or "huggingface"
        ? from
        : throw RequestErrors.NotOneOf("from", from, "modelscope", "huggingface");
}
