using System.ComponentModel.DataAnnotations;

namespace SpeechEmotion.Server.Models;

/// <summary>How a model is to be downloaded.</summary>
/// <param name="From">The hub; null for the one that answers first.</param>
/// <param name="Partial">Only the needed parts, a third of the size; they cannot be checked against the publisher's hash.</param>
public sealed record DownloadRequest([property: AllowedValues("modelscope", "huggingface")] string? From = null, bool Partial = false);
