namespace SpeechEmotion.Results;

/// <summary>Names and texts of <see cref="ModelCheck"/>.</summary>
public static class ModelCheckNames
{
    /// <summary>The name in results: <c>none</c>, <c>parts</c>, <c>publisher</c> or <c>shipped</c>.</summary>
    public static string Key(this ModelCheck check) => check switch
    {
        ModelCheck.Parts => "parts",
        ModelCheck.Publisher => "publisher",
        ModelCheck.Shipped => "shipped",
        _ => "none",
    };

    /// <summary>The description of a check, in Chinese if the language begins with <c>zh</c>, otherwise in English.</summary>
    public static string TextIn(this ModelCheck check, string language) =>
        (check, language.StartsWith("zh", StringComparison.OrdinalIgnoreCase)) switch
        {
            (ModelCheck.Parts, true) => "未与发布者的哈希值核对（仅下载所需部分，已核对 CRC-32）",
            (ModelCheck.Parts, _) =>
                "not checked against the publisher's hash (only the needed parts were downloaded, each with its CRC-32)",
            (ModelCheck.Publisher, true) => "与发布者的 SHA-256 一致",
            (ModelCheck.Publisher, _) => "has the SHA-256 that its publisher names",
            (ModelCheck.Shipped, true) => "随产品附带",
            (ModelCheck.Shipped, _) => "came with the product",
            (_, true) => "未与发布者的哈希值核对",
            _ => "not checked against a publisher's hash",
        };
}
