namespace SpeechEmotion.Models;

/// <summary>The models that the product knows by name.</summary>
public static class ModelCatalogue
{
    private const string FunAsrLicense = "FunASR model license (see the model's page)";

    /// <summary>The model that is used where it is found and none is asked for.</summary>
    public const string Preferred = "emotion2vec_plus_large";

    /// <summary>The small model that ships with the product.</summary>
    public const string Compact = "compact";

    /// <summary>Known models, the best first.</summary>
    public static IReadOnlyList<CatalogueEntry> Entries { get; } =
    [
        FunAsr("emotion2vec_plus_large", true),
        FunAsr("emotion2vec_plus_base", true),
        FunAsr("emotion2vec_plus_seed", true),
        FunAsr("emotion2vec_base_finetuned", true),
        FunAsr("emotion2vec_base", false),
    ];

    /// <summary>
    /// The name in what a user gives: people copy repository names from model pages, <c>iic/emotion2vec_plus_large</c>.
    /// </summary>
    public static string NameOf(string idOrRepository) => idOrRepository[(idOrRepository.LastIndexOf('/') + 1)..];

    /// <summary>The entry of a name; null where the catalogue does not have it.</summary>
    public static CatalogueEntry? Find(string id) => Entries.FirstOrDefault(entry => entry.Id == id);

    /// <summary>Licence of an imported model, as far as the catalogue knows it.</summary>
    internal static string LicenseOf(string id) => Find(id)?.License ?? "unknown";

    private static CatalogueEntry FunAsr(string name, bool hasHead) =>
        new(name, $"iic/{name}", $"emotion2vec/{name}", FunAsrLicense, hasHead);
}
