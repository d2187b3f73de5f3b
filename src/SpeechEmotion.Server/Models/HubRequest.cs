using System.ComponentModel.DataAnnotations;
using SpeechEmotion.Server.Errors;

namespace SpeechEmotion.Server.Models;

/// <summary>Whom to ask for a model.</summary>
/// <param name="From">The hub; null for the one that answers first.</param>
public sealed record HubRequest([property: AllowedValues("modelscope", "huggingface")] string? From = null)
{
    /// <summary>The hub; never an address, which would let a client choose whom the server talks to.</summary>
    /// <exception cref="RequestException"><c>request.invalid</c>.</exception>
    internal static string? HubOf(string? from) => from is null or "modelscope" or "huggingface"
        ? from
        : throw RequestErrors.NotOneOf("from", from, "modelscope", "huggingface");
}
