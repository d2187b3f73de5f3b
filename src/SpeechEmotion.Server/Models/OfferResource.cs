using System.ComponentModel.DataAnnotations;
using SpeechEmotion.Downloads;

namespace SpeechEmotion.Server.Models;

/// <summary>What a hub offers of a model.</summary>
/// <param name="Id">The model.</param>
/// <param name="Hub">The hub.</param>
/// <param name="Page">The model's page there, for people.</param>
/// <param name="License">Licence of the weights, as far as it is known.</param>
/// <param name="Size">Bytes to download.</param>
/// <param name="FreeSpace">Bytes that are free on the disk of the model store.</param>
public sealed record OfferResource(string Id, [property: AllowedValues("modelscope", "huggingface")] string Hub, string Page, string License, long Size, long FreeSpace)
{
    internal static OfferResource Of(ModelOffer offer, long freeSpace) => new(offer.Id, offer.Hub, offer.Page, offer.License, offer.Size, freeSpace);
}
