using System.CommandLine;
using System.Globalization;
using SpeechEmotion.Errors;
using SpeechEmotion.Models;

namespace SpeechEmotion.Cli;

/// <summary><c>ser models list|import|show|remove|verify</c>.</summary>
internal static class ModelsCommand
{
    private static readonly Argument<string> Id = new("ID") { Description = "Name of a model / 模型名称" };

    private static readonly Argument<string> Folder = new("DIR") { Description = "A FunASR model folder / FunASR 模型文件夹" };

    private static readonly Option<string?> NameOption = new("--id")
    {
        Description = "Name to store it under; by default the folder's / 存储名称，默认用文件夹名",
        HelpName = "ID",
    };

    public static Command Create()
    {
        Id.Validators.Add(UsageErrors.RefuseEmpty);
        Folder.Validators.Add(UsageErrors.RefuseEmpty);
        NameOption.Validators.Add(UsageErrors.RefuseEmpty);
        return new("models", "Models on this machine / 本机模型")
        {
            Sub("list", "List the models that are found / 列出模型", (_, _) => List()),
            Sub("import", "Import a FunASR model folder into the store / 导入 FunASR 模型文件夹", Import, Folder, NameOption),
            Sub("show", "Show what is known of a model / 显示模型详情", (parsed, _) => Show(Required(parsed)), Id),
            Sub("remove", "Delete an imported model from the store / 从存储中删除已导入的模型", Remove, Id),
            Sub("verify", "Read a model's files again and compare their checksums / 校验模型文件", Verify, Id),
        };
    }

    private static int List()
    {
        foreach (var model in ModelSearch.Default.List())
        {
            var manifest = model.Manifest;
            var what = manifest is null
                ? "not imported yet / 尚未导入"
                : $"{manifest.Precision}  {manifest.Hash}  {manifest.License}{(manifest.Labels is null ? "  features only / 仅特征" : "")}";
            Console.WriteLine($"{model.Id,-28} {model.Place,-18} {what}");
            Console.WriteLine($"{"",-28} {model.Directory}");
        }
        return ExitCode.Success;
    }

    private static int Import(ParseResult parsed, CancellationToken ct)
    {
        var folder = ModelStore.Default.Import(
            parsed.GetRequiredValue(Folder), parsed.GetValue(NameOption), new ImportProgressLine(Language.Of(parsed)), ct);
        Console.WriteLine($"{folder.Manifest.Id}  {folder.Manifest.Hash}  {folder.Directory}");
        return ExitCode.Success;
    }

    private static int Show(FoundModel model)
    {
        Console.WriteLine($"id: {model.Id}\nplace: {model.Place}\nfolder: {model.Directory}");
        if (ModelCatalogue.Find(model.Id) is { } entry)
            Console.WriteLine($"modelscope: {entry.ModelScope}\nhugging face: {entry.HuggingFace}");
        if (model.Manifest is not { } manifest)
            return ExitCode.Success;
        Console.WriteLine($"hash: {manifest.Hash}\nprecision: {manifest.Precision}\nlicense: {manifest.License}");
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"size: {manifest.Files.Sum(file => file.Size) / 1e6:F1} MB\nembedding: {manifest.Dimension}"));
        Console.WriteLine($"labels: {(manifest.Labels is { } labels ? string.Join(", ", labels) : "none / 无")}");
        foreach (var file in manifest.Source?.Files ?? [])
            Console.WriteLine($"made from: {file.Path}\n  sha256 {file.Sha256}");
        return ExitCode.Success;
    }

    private static int Remove(ParseResult parsed, CancellationToken ct)
    {
        var id = ModelCatalogue.NameOf(parsed.GetRequiredValue(Id));
        if (!ModelStore.Default.Remove(id))
            throw Missing(id);
        Console.WriteLine($"{id}: removed / 已删除");
        return ExitCode.Success;
    }

    private static int Verify(ParseResult parsed, CancellationToken ct)
    {
        var model = Required(parsed);
        if (model.Manifest is null)
            throw Missing(model.Id);
        var damaged = ModelFolder.Read(model.Directory).Verify(ct);
        foreach (var file in damaged)
        {
            Console.WriteLine(
                $"{model.Id}: {file.Name} is damaged or missing: run ser models remove {model.Id}, then import it again" +
                " / 文件损坏或缺失：请先 ser models remove，再重新导入");
        }
        if (damaged.Count == 0)
            Console.WriteLine($"{model.Id}: all files are whole / 文件完好");
        return damaged.Count == 0 ? ExitCode.Success : ExitCode.ModelTrouble;
    }

    private static FoundModel Required(ParseResult parsed)
    {
        var id = ModelCatalogue.NameOf(parsed.GetRequiredValue(Id));
        return ModelSearch.Default.List().FirstOrDefault(model => model.Id == id) ?? throw Missing(id);
    }

    private static ModelException Missing(string id) => new(
        "model.not_found", $"There is no model {id} in the store. See: ser models list", $"存储中没有模型 {id}。请看：ser models list");

    private static Command Sub(
        string name, string description, Func<ParseResult, CancellationToken, int> run, params ReadOnlySpan<Symbol> symbols)
    {
        var command = new Command(name, description) { Language.Option };
        foreach (var symbol in symbols)
        {
            if (symbol is Argument argument)
                command.Arguments.Add(argument);
            else
                command.Options.Add((Option)symbol);
        }
        command.SetAction((parsed, ct) => Task.Run(() => run(parsed, ct), ct));
        return command;
    }
}
