using System.ComponentModel.DataAnnotations;
using SpeechEmotion.Downloads;

namespace SpeechEmotion.Server.Models;

/// <summary>A model that a hub offers for download.</summary>
/// <param name="Id">Name of the model.</param>
/// <param name="Hub">The hub.</param>
/// <param name="Page">The model's page on the hub, for people.</param>
/// <param name="License">License of the weights, as far as it is known.</param>
/// <param name="Size">Size of the download in bytes.</param>
/// <param name="FreeSpace">Free bytes on the disk of the model store.</param>
public sealed record OfferResource(
    string Id, [property: AllowedValues("modelscope", "huggingface")] string Hub, string Page, string License, long Size, long FreeSpace)
{
    internal static OfferResource Of(ModelOffer offer, long freeSpace) =>
        new(offer.Id, offer.Hub, offer.Page, offer.License, offer.Size, freeSpace);
}
