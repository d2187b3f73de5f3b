namespace SpeechEmotion.Models;

/// <summary>The models that the product knows by name.</summary>
public static class ModelCatalogue
{
    private const string FunAsrLicense = "FunASR model license (see the model's page)";

    /// <summary>The model that is used if it is installed and no other is requested.</summary>
    public const string Preferred = "emotion2vec_plus_large";

    /// <summary>The small model that ships with the product.</summary>
    public const string Compact = "compact";

    /// <summary>The known models, the best one first.</summary>
    public static IReadOnlyList<CatalogueEntry> Entries { get; } =
    [
        FunAsr("emotion2vec_plus_large", true) with
        {
            StoredSize = 650_000_000,
            // Published by a user who ran FunASR on it.
            Reference = new("example/test.wav",
                [1.0, 4.294446742658664e-12, 7.61923163450362e-12, 1.8145565605642844e-10, 7.18820003520193e-11, 1.369129571678453e-14,
                    9.774003828511013e-11, 8.875773449545932e-10, 5.661997978550056e-21]),
            Files =
            [
                new("model.pt", 1_945_790_254, "be501a01f26fcdc7663a062dff86af839afbaef7c4de32f5e42d7e1ad2784da4"),
                new("config.yaml", 5_552, "f4fa0eb82cc78bfebb43c56d68791afb01788085a18897d20999af7bc45d51d3"),
                new("tokens.txt", 119, "866121e470057b847d7a50e9923509141fb2924392f53385a186482a1ec0fb7f"),
            ],
        },
        FunAsr("emotion2vec_plus_base", true),
        FunAsr("emotion2vec_plus_seed", true),
        FunAsr("emotion2vec_base_finetuned", true),
        FunAsr("emotion2vec_base", false),
    ];

    /// <summary>
    /// Extracts the model name from user input: people copy repository names such as <c>iic/emotion2vec_plus_large</c> from model pages. A
    /// repository outside the catalog keeps its owner, <c>owner_name</c>: another owner may have a model of the same name.
    /// </summary>
    public static string NameOf(string idOrRepository)
    {
        var name = idOrRepository[(idOrRepository.LastIndexOf('/') + 1)..];
        return idOrRepository == name
            || (Find(name) is { } entry && (entry.ModelScope == idOrRepository || entry.HuggingFace == idOrRepository))
            ? name
            : idOrRepository.Replace('/', '_');
    }

    /// <summary>Finds an entry by name; null if the catalog does not contain it.</summary>
    public static CatalogueEntry? Find(string id) => Entries.FirstOrDefault(entry => entry.Id == id);

    /// <summary>Whether a checkpoint is the one that the model's publisher released.</summary>
    internal static bool IsGenuine(string id, SourceFile checkpoint) =>
        Find(id)?.Files.Any(file => file.Name == "model.pt" && file.Sha256 == checkpoint.Sha256) == true;

    /// <summary>The license of an imported model, if the catalog knows it.</summary>
    internal static string LicenseOf(string id) => Find(id)?.License ?? "unknown";

    private static CatalogueEntry FunAsr(string name, bool hasHead) =>
        new(name, $"iic/{name}", $"emotion2vec/{name}", FunAsrLicense, hasHead, []);
}
