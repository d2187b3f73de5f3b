using System.ComponentModel.DataAnnotations;

namespace SpeechEmotion.Server.Models;

/// <summary>Options of a model download.</summary>
/// <param name="From">The hub to download from; null for the hub that answers first.</param>
/// <param name="Partial">Whether to download only the needed third of the file; it cannot be checked against the publisher's hash.</param>
public sealed record DownloadRequest([property: AllowedValues("modelscope", "huggingface")] string? From = null, bool Partial = false);
