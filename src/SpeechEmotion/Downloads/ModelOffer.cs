using SpeechEmotion.Downloads.Hubs;
using SpeechEmotion.Models;

namespace SpeechEmotion.Downloads;

/// <summary>What a hub offers of a model.</summary>
public sealed record ModelOffer
{
    internal ModelOffer(CatalogueEntry entry, string hub, string page, IReadOnlyList<HubFile> files) => (Entry, Hub, Page, Files) = (entry, hub, page, files);

    /// <summary>The model.</summary>
    public string Id => Entry.Id;

    /// <summary><c>modelscope</c>, <c>huggingface</c>, or the address of a folder.</summary>
    public string Hub { get; }

    /// <summary>The model's page there, for people.</summary>
    public string Page { get; }

    /// <summary>Licence of the weights, as far as the catalogue knows it.</summary>
    public string License => Entry.License;

    /// <summary>Bytes of all that is needed; less is downloaded of parts.</summary>
    public long Size => Files.Sum(file => file.Size);

    internal CatalogueEntry Entry { get; }

    /// <summary>The checkpoint first.</summary>
    internal IReadOnlyList<HubFile> Files { get; }

    internal HubFile Checkpoint => Files[0];

    /// <summary>The publisher's example, where FunASR's answer to it is known and the hub has it; nothing depends on it.</summary>
    internal HubFile? Example { get; init; }
}
