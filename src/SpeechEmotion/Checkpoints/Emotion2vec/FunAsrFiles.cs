using System.Text.Json;

namespace SpeechEmotion.Checkpoints.Emotion2vec;

/// <summary>The paths of a model folder's files, by role; null if the file does not exist.</summary>
internal sealed record FunAsrFiles(string? Checkpoint, string? Config, string? Tokens)
{
    private const string Configuration = "configuration.json";

    /// <summary>The usual names of a checkpoint, its configuration and its tokens, for folders without configuration.json.</summary>
    public static IReadOnlyList<string> UsualNames { get; } = ["model.pt", "config.yaml", "tokens.json", "tokens.txt"];

    /// <summary>Finds the files as FunASR does: by configuration.json if there is one, otherwise by their usual names.</summary>
    /// <exception cref="Errors.CheckpointException">configuration.json is malformed, or names a file outside the folder.</exception>
    public static FunAsrFiles Find(string directory)
    {
        var configuration = Path.Combine(directory, Configuration);
        if (File.Exists(configuration))
            return FromConfiguration(directory, configuration);
        return new(
            Existing(Path.Combine(directory, "model.pt")),
            Existing(Path.Combine(directory, "config.yaml")),
            Existing(Path.Combine(directory, "tokens.json")) ?? Existing(Path.Combine(directory, "tokens.txt")));
    }

    private static FunAsrFiles FromConfiguration(string directory, string path)
    {
        try
        {
            using var document = JsonDocument.Parse(BoundedFile.ReadText(path).TrimStart('\uFEFF'));
            var paths = Member(document.RootElement, "file_path_metas");
            return new(
                Named(directory, path, Member(paths, "init_param")),
                Named(directory, path, Member(paths, "config")),
                Named(directory, path, Member(Member(paths, "tokenizer_conf"), "token_list")));
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw CheckpointErrors.BadConfig(path, "it is not JSON", "它不是有效的 JSON", exception);
        }
    }

    private static JsonElement? Member(JsonElement? parent, string name) =>
        parent is { ValueKind: JsonValueKind.Object } element && element.TryGetProperty(name, out var member) ? member : null;

    private static string? Named(string directory, string configuration, JsonElement? element)
    {
        if (element is not { ValueKind: JsonValueKind.String } text)
            return null;
        var name = text.GetString()!;
        // Only the name is checked, not the target of a link: snapshot folders of Hugging Face contain links to files outside them.
        if (name.Length == 0 || name.Contains('\0', StringComparison.Ordinal) || name.Contains(':', StringComparison.Ordinal) ||
            Path.IsPathRooted(name) || name.Split('/', '\\').Contains(".."))
        {
            throw CheckpointErrors.BadConfig(
                configuration, $"the path '{name}' leads out of the model folder", $"路径“{name}”指向模型文件夹之外");
        }
        return Existing(Path.Combine(directory, name));
    }

    private static string? Existing(string path) => File.Exists(path) ? path : null;
}
