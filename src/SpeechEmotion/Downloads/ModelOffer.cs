using SpeechEmotion.Downloads.Hubs;
using SpeechEmotion.Models;

namespace SpeechEmotion.Downloads;

/// <summary>A model that a hub offers for download.</summary>
public sealed record ModelOffer
{
    internal ModelOffer(CatalogueEntry entry, string hub, string page, IReadOnlyList<HubFile> files) =>
        (Entry, Hub, Page, Files) = (entry, hub, page, files);

    /// <summary>The model's name in the store.</summary>
    public string Id => Entry.Id;

    /// <summary><c>modelscope</c>, <c>huggingface</c>, or the address of a folder.</summary>
    public string Hub { get; }

    /// <summary>The model's page on the hub, for people.</summary>
    public string Page { get; }

    /// <summary>The license of the weights, as far as the catalog knows it.</summary>
    public string License => Entry.License;

    /// <summary>The size of all needed files in bytes; a partial download transfers less.</summary>
    public long Size => Files.Sum(file => file.Size);

    internal CatalogueEntry Entry { get; }

    /// <summary>The needed files; the checkpoint is the first.</summary>
    internal IReadOnlyList<HubFile> Files { get; }

    internal HubFile Checkpoint => Files[0];

    /// <summary>
    /// The publisher's example recording if FunASR's result for it is known and the hub has it; otherwise null. It is optional.
    /// </summary>
    internal HubFile? Example { get; init; }
}
