namespace SpeechEmotion.Checkpoints.Emotion2vec;

/// <summary>A model folder as FunASR downloads it: configuration.json, config.yaml, tokens.txt and model.pt.</summary>
internal sealed class FunAsrFolder
{
    private FunAsrFolder(
        string directory, string checkpoint, string config, string? tokens, Emotion2vecConfig settings, IReadOnlyList<string>? labels)
    {
        (Directory, CheckpointPath, ConfigPath, TokensPath) = (directory, checkpoint, config, tokens);
        (Config, Tokens) = (settings, labels);
    }

    /// <summary>The absolute path of the folder.</summary>
    public string Directory { get; }

    /// <summary>The path of the weights.</summary>
    public string CheckpointPath { get; }

    /// <summary>The path of the YAML file.</summary>
    public string ConfigPath { get; }

    /// <summary>The path of the token list; null if the model has no label head.</summary>
    public string? TokensPath { get; }

    /// <summary>The content of the YAML file.</summary>
    public Emotion2vecConfig Config { get; }

    /// <summary>The labels in the order of the head's rows, including <c>unuse…</c>; null if the model has no head.</summary>
    public IReadOnlyList<string>? Tokens { get; }

    /// <summary>Finds all files and reads the small ones; the checkpoint is not opened.</summary>
    /// <exception cref="Errors.CheckpointException">A file is missing or malformed, or the model is not supported.</exception>
    /// <param name="directory">The folder.</param>
    /// <param name="checkpoint">The path of the checkpoint if it still has another name; null for the usual one.</param>
    public static FunAsrFolder Open(string directory, string? checkpoint = null)
    {
        directory = Path.GetFullPath(directory);
        if (!System.IO.Directory.Exists(directory))
            throw CheckpointErrors.NotFound(directory, "the model folder", "模型文件夹");
        var files = FunAsrFiles.Find(directory);
        var configPath = files.Config ?? throw CheckpointErrors.NotFound(directory, "config.yaml", " config.yaml");
        checkpoint ??= files.Checkpoint ?? throw CheckpointErrors.NotFound(directory, "the checkpoint model.pt", "检查点 model.pt");
        var config = Emotion2vecConfigFile.Read(configPath);
        if (!config.HasHead)
            return new(directory, checkpoint, configPath, null, config, null);
        var tokens = files.Tokens ?? throw CheckpointErrors.NotFound(directory, "the token list tokens.txt", "词表 tokens.txt");
        return new(directory, checkpoint, configPath, tokens, config, TokenList.Read(tokens, config.UnknownToken));
    }

    /// <summary>
    /// Whether the folder has a checkpoint and a configuration, without reading them. A download that stopped before its checkpoint
    /// is not a model yet.
    /// </summary>
    public static bool LooksLikeOne(string directory)
    {
        try
        {
            return FunAsrFiles.Find(directory) is { Checkpoint: not null, Config: not null };
        }
        catch (Errors.CheckpointException)
        {
            return false;
        }
    }
}
