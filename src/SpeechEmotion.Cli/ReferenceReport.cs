using SpeechEmotion.Errors;
using SpeechEmotion.Models;
using SpeechEmotion.Quantization;

namespace SpeechEmotion.Cli;

/// <summary>Reports how a model answers its publisher's example.</summary>
internal static class ReferenceReport
{
    /// <summary>Prints the outcome on standard output, and a warning with advice on standard error if the answers differ.</summary>
    public static void Write(ModelManifest manifest, string language)
    {
        if (manifest.Reference is not { } certificate)
            return;
        Console.WriteLine($"reference: {certificate.TextIn(language)}");
        if (certificate.AdviceIn(manifest.Id, language) is { } advice)
            Console.Error.WriteLine($"⚠ {advice}");
    }

    /// <summary>Compares a model imported from a folder that also has the example; does nothing if it does not.</summary>
    public static ModelFolder CompareImported(ModelFolder model, CancellationToken ct)
    {
        if (ModelCatalogue.Find(model.Manifest.Id)?.Reference is not { } reference)
            return model;
        var comparison = new ReferenceComparison(reference);
        return comparison.TryRun(model, comparison.FindExample(model), ct);
    }

    /// <summary>Compares again.</summary>
    /// <exception cref="ModelException"><c>model.no_reference</c> or <c>model.no_example</c>, or the model does not work.</exception>
    public static void Compare(ModelFolder model, string language, CancellationToken ct)
    {
        var id = model.Manifest.Id;
        var reference = ModelCatalogue.Find(id)?.Reference ?? throw new ModelException(
            "model.no_reference", $"No answer of FunASR is published for {id}, so there is nothing to compare with. Leave out --reference.",
            $"没有 {id} 的 FunASR 公开结果，无法对比。请去掉 --reference。");
        var comparison = new ReferenceComparison(reference);
        var example = comparison.FindExample(model) ?? throw new ModelException(
            "model.no_example",
            $"The example of {id} is not on this machine. Download {reference.Example} from the model's page and save it as"
            + $" {model.PathOf(comparison.FileName)}.",
            $"本机没有 {id} 的示例录音。请从模型页面下载 {reference.Example}，并保存为 {model.PathOf(comparison.FileName)}。");
        Write(comparison.Run(model, example, ct).Manifest, language);
    }
}
