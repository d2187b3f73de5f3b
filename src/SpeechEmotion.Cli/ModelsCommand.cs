using System.CommandLine;
using System.Globalization;
using SpeechEmotion.Errors;
using SpeechEmotion.Models;
using SpeechEmotion.Quantization;
using SpeechEmotion.Results;

namespace SpeechEmotion.Cli;

/// <summary><c>ser models list|pull|import|certify|show|remove|verify|gc</c>.</summary>
internal static class ModelsCommand
{
    private static readonly Argument<string> Id = new("ID") { Description = "Name of a model / 模型名称" };

    private static readonly Argument<string> Folder = new("DIR") { Description = "A FunASR model folder / FunASR 模型文件夹" };

    private static readonly Option<string?> NameOption = new("--id")
    {
        Description = "Name to store it under; by default the folder's / 存储名称，默认用文件夹名",
        HelpName = "ID",
    };

    private static readonly Option<ModelPrecision> Precision = PrecisionOption.Create();

    private static readonly Option<string?> Calibrate = new("--calibrate")
    {
        Description = "A folder of your own recordings on which to compare fp32 and int8 too / 用于对比 fp32 与 int8 的录音文件夹",
        HelpName = "DIR",
    };

    private static readonly Option<bool> Reference = new("--reference")
    {
        Description = "Compare the answer to the publisher's example with FunASR's again / 再次将示例录音的结果与 FunASR 对比",
    };

    public static Command Create()
    {
        Calibrate.Validators.Add(UsageErrors.RefuseEmpty);
        Id.Validators.Add(UsageErrors.RefuseEmpty);
        Folder.Validators.Add(UsageErrors.RefuseEmpty);
        NameOption.Validators.Add(UsageErrors.RefuseEmpty);
        return new("models", "Models on this machine / 本机模型")
        {
            Sub("list", "List the models that are found / 列出模型", (_, _) => List()),
            PullCommand.Create(),
            Sub(
                "import", "Import a FunASR model folder into the store / 导入 FunASR 模型文件夹", Import,
                Folder, NameOption, Precision, Calibrate),
            Sub("certify", "Create a model's int8 form and compare it with fp32 / 生成 int8 版本并与 fp32 对比", Certify, Id, Calibrate),
            Sub("show", "Show the details of a model / 显示模型详情", (parsed, _) => Show(Required(parsed), Language.Of(parsed)), Id),
            Sub("remove", "Delete an imported model from the store / 从存储中删除已导入的模型", Remove, Id),
            Sub("verify", "Read a model's files again and compare their checksums / 校验模型文件", Verify, Id, Reference),
            GcCommand.Create(),
        };
    }

    private static int List()
    {
        var found = ModelSearch.Default.List();
        foreach (var model in found)
        {
            var manifest = model.Manifest;
            var what = manifest is null
                ? "not imported yet / 尚未导入"
                : $"{manifest.Precision}{(Int8Of(model) is null ? "" : ", int8")}  {manifest.Hash}"
                    + $"  {Megabytes(manifest.Files.Sum(file => file.Size)),8}"
                    + $"  {manifest.License}{(manifest.Labels is null ? "  features only / 仅特征" : "")}";
            Console.WriteLine($"{model.Id,-28} {model.Place,-18} {what}");
            Console.WriteLine($"{"",-28} {model.Directory}");
        }
        foreach (var entry in ModelCatalogue.Entries.Where(entry => found.All(model => model.Id != entry.Id)))
        {
            Console.WriteLine(
                $"{entry.Id,-28} {"-",-18} ser models pull {entry.Id}{(entry.Size is { } size ? $"  {Megabytes(size)}" : "")}"
                + $"{(entry.HasHead ? "" : "  features only / 仅特征")}");
        }
        return ExitCode.Success;
    }

    private static int Import(ParseResult parsed, CancellationToken ct)
    {
        var folder = ModelStore.Default.Import(
            parsed.GetRequiredValue(Folder), parsed.GetValue(NameOption), new ImportProgressLine(Language.Of(parsed)), ct);
        folder = ReferenceReport.CompareImported(folder, ct);
        Console.WriteLine($"{folder.Manifest.Id}  {folder.Manifest.Hash}  {folder.Directory}");
        ReferenceReport.Write(folder.Manifest, Language.Of(parsed));
        if (parsed.GetValue(Precision) != ModelPrecision.Fp32 || parsed.GetValue(Calibrate) is not null)
            Certify(folder, parsed, ct);
        return ExitCode.Success;
    }

    private static int Certify(ParseResult parsed, CancellationToken ct)
    {
        // A model in a hub's cache is imported first.
        var progress = new ImportProgressLine(Language.Of(parsed));
        Certify(ModelSearch.Default.Resolve(ModelCatalogue.NameOf(parsed.GetRequiredValue(Id)), null, progress, ct), parsed, ct);
        return ExitCode.Success;
    }

    private static void Certify(ModelFolder original, ParseResult parsed, CancellationToken ct)
    {
        var language = Language.Of(parsed);
        var rounded = new Int8Conversion(ModelStore.Default).Certify(
            original, parsed.GetValue(Calibrate), new ImportProgressLine(language), ct);
        Console.WriteLine(Verdict(rounded.Manifest.Certificate!, language));
    }

    private static ModelFolder? Int8Of(FoundModel model) =>
        model.Manifest is null ? null : new Int8Conversion(ModelStore.Default).Find(new(model.Directory, model.Manifest));

    /// <summary>The figures, and whether <c>--precision auto</c> uses int8 because of them.</summary>
    private static string Verdict(Int8Certificate certificate, string language)
    {
        var figures = $"int8: {certificate.TextIn(language)}\nint8: {certificate.MadeForIn(language)}";
        return (certificate.FaultHere(), language) switch
        {
            (null, "zh") => $"{figures}\n已认证：--precision auto 使用 int8",
            (null, _) => $"{figures}\ncertified: --precision auto uses int8",
            ({ } fault, "zh") => $"{figures}\n未认证：{fault.TextIn("zh")}。--precision auto 使用 fp32",
            ({ } fault, _) => $"{figures}\nnot certified: {fault.TextIn("en")}. --precision auto uses fp32",
        };
    }

    private static int Show(FoundModel model, string language)
    {
        Console.WriteLine($"id: {model.Id}\nplace: {model.Place}\nfolder: {model.Directory}");
        if (ModelCatalogue.Find(model.Id) is { } entry)
            Console.WriteLine($"modelscope: {entry.ModelScope}\nhugging face: {entry.HuggingFace}");
        if (model.Manifest is not { } manifest)
            return ExitCode.Success;
        Console.WriteLine($"hash: {manifest.WeightsHash ?? manifest.Hash}\ncheck: {manifest.Check.TextIn(language)}");
        Console.WriteLine($"precision: {manifest.Precision}\nlicense: {manifest.License}");
        Console.WriteLine($"size: {Megabytes(manifest.Files.Sum(file => file.Size))}\nembedding: {manifest.Dimension}");
        Console.WriteLine($"labels: {(manifest.Labels is { } labels ? string.Join(", ", labels) : "none / 无")}");
        if (manifest.Source?.Address is { } address)
            Console.WriteLine($"downloaded from: {address}");
        foreach (var file in manifest.Source?.Files ?? [])
            Console.WriteLine($"made from: {file.Path}\n  sha256 {file.Sha256 ?? "-"}");
        ReferenceReport.Write(manifest, language);
        if (Int8Of(model) is { } rounded)
            Console.WriteLine(Verdict(rounded.Manifest.Certificate!, language));
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
        ModelFolder?[] forms = [ModelFolder.Read(model.Directory), Int8Of(model)];
        ModelFile[] damaged = [.. forms.OfType<ModelFolder>().SelectMany(form => form.Verify(ct))];
        foreach (var file in damaged)
        {
            Console.WriteLine(
                $"{model.Id}: {file.Name} is damaged or missing: run ser models remove {model.Id}, then import it again" +
                " / 文件损坏或缺失：请先 ser models remove，再重新导入");
        }
        if (damaged.Length == 0)
            Console.WriteLine($"{model.Id}: all files are whole / 文件完好");
        if (damaged.Length == 0 && parsed.GetValue(Reference))
            ReferenceReport.Compare(new(model.Directory, model.Manifest), Language.Of(parsed), ct);
        return damaged.Length == 0 ? ExitCode.Success : ExitCode.ModelTrouble;
    }

    private static string Megabytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:F1} MB");

    private static FoundModel Required(ParseResult parsed)
    {
        var id = ModelCatalogue.NameOf(parsed.GetRequiredValue(Id));
        return ModelSearch.Default.List().FirstOrDefault(model => model.Id == id) ?? throw Missing(id);
    }

    private static ModelException Missing(string id) => new(
        "model.not_found", $"There is no model {id} on this machine. See: ser models list", $"本机没有模型 {id}。请看：ser models list");

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
