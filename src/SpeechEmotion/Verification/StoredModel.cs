using SpeechEmotion.Errors;
using SpeechEmotion.Models;
using SpeechEmotion.Outputs.Json;
using SpeechEmotion.Quantization;

namespace SpeechEmotion.Verification;

/// <summary>Finds the exact model that gave a result: same name, same weights, same arithmetic.</summary>
/// <param name="models">The models on this machine.</param>
/// <param name="conversion">The int8 forms of the models.</param>
internal sealed class StoredModel(ModelSearch models, Int8Conversion conversion)
{
    private const string Rounded = "int8";

    /// <summary>Finds the folder of the model.</summary>
    /// <exception cref="ModelException"><c>model.not_here</c>, with advice.</exception>
    public ModelFolder Find(StoredResult result)
    {
        FoundModel[] named = [.. models.List().Where(model => model.Id == result.ModelId)];
        ModelFolder[] same =
        [
            .. named.Where(model => model.Manifest?.Hash == result.ModelHash)
                .Select(model => new ModelFolder(model.Directory, model.Manifest!)),
        ];
        var folder = same.FirstOrDefault(model => model.Manifest.Precision == result.Precision)
            ?? (result.Precision == Rounded ? same.Select(conversion.Find).FirstOrDefault(form => form is not null) : null);
        if (folder is not null)
            return folder;
        if (same.Length > 0)
            throw VerificationErrors.OtherPrecision(result);
        if (named.FirstOrDefault(model => model.Manifest is null) is { } cached)
            throw VerificationErrors.NotImported(result, cached.Directory);
        throw named.Length > 0
            ? VerificationErrors.OtherWeights(result, string.Join(", ", named.Select(model => model.Manifest!.Hash).Distinct()))
            : VerificationErrors.NoModel(
                result, ModelCatalogue.Find(result.ModelId) is { } entry ? $"ser models pull {entry.Id}" : "ser models import FOLDER");
    }
}
