using System.Text.Json;

namespace SpeechEmotion.Checkpoints.Emotion2vec;

/// <summary>The labels of a model, from tokens.txt (one per line) or tokens.json (an array).</summary>
internal static class TokenList
{
    private const int MaxTokens = 10_000;

    /// <summary>Reads all labels in file order, including <c>unuse…</c>: the rows of the head have the same order.</summary>
    /// <exception cref="Errors.CheckpointException">The file is not a list, has duplicates, or lacks the unknown token.</exception>
    public static IReadOnlyList<string> Read(string path, string unknownToken)
    {
        var text = BoundedFile.ReadText(path);
        var tokens = path.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? FromJson(path, text) : FromLines(text);
        if (tokens.Count > MaxTokens)
            throw CheckpointErrors.BadTokens(path, $"it has more than {MaxTokens} tokens", $"词条超过 {MaxTokens} 个");
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var token in tokens)
        {
            if (!seen.Add(token))
                throw CheckpointErrors.BadTokens(path, $"the token '{token}' occurs twice", $"词条“{token}”重复");
        }
        if (!seen.Contains(unknownToken))
            throw CheckpointErrors.BadTokens(path, $"the token {unknownToken} is missing", $"缺少词条 {unknownToken}");
        return tokens;
    }

    // Splits lines like Python: a blank line is a token of its own, but a final line break does not start another one.
    private static List<string> FromLines(string text)
    {
        var lines = text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Split('\n')
            .Select(line => line.TrimEnd()).ToList();
        if (text.Length == 0 || text[^1] is '\n' or '\r')
            lines.RemoveAt(lines.Count - 1);
        return lines;
    }

    private static List<string> FromJson(string path, string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.ValueKind == JsonValueKind.Array &&
                document.RootElement.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String)
                ? [.. document.RootElement.EnumerateArray().Select(item => item.GetString()!)]
                : throw CheckpointErrors.BadTokens(path, "it is not a JSON array of strings", "它不是 JSON 字符串数组");
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw CheckpointErrors.BadTokens(path, "it is not JSON", "它不是有效的 JSON", exception);
        }
    }
}
