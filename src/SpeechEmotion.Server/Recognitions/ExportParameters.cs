using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;
using SpeechEmotion.Options;
using SpeechEmotion.Server.Exports;
using SpeechEmotion.Server.Http;

namespace SpeechEmotion.Server.Recognitions;

/// <summary>The query parameters that choose how the history or a batch is exported.</summary>
internal sealed record ExportParameters
{
    /// <summary>The valid choices of each parameter with a fixed set; the first choice is the default.</summary>
    public static IReadOnlyDictionary<string, string[]> KnownValues { get; } = new Dictionary<string, string[]>
    {
        ["format"] = Choices.Of<ExportFormat>(),
        ["table"] = Choices.Of<ExportedTable>(),
    };

    [FromQuery(Name = "format")]
    [Description("Default csv. jsonl: the lines of `ser recognize --json`. zip: all of them.")]
    public string? Format { get; init; }

    [FromQuery(Name = "table"), Description("The table of csv and parquet; default results.")]
    public string? Table { get; init; }

    [FromQuery(Name = "bom"), Description("true: CSV files begin with a byte order mark, which some spreadsheets need for Chinese.")]
    public string? ByteOrderMark { get; init; }

    [FromQuery(Name = "language")]
    [Description("Language of error messages in the file, zh or en; default: the language of Accept-Language.")]
    public string? Language { get; init; }

    /// <summary>Returns the format.</summary>
    /// <exception cref="RequestException"><c>request.invalid</c>.</exception>
    internal ExportFormat ToFormat() => RequestErrors.ChoiceIn<ExportFormat>("format", Format) ?? default;

    /// <summary>Returns the table.</summary>
    /// <exception cref="RequestException"><c>request.invalid</c>: there is no such table, or not in this format.</exception>
    internal ExportedTable ToTable()
    {
        var table = RequestErrors.ChoiceIn<ExportedTable>("table", Table) ?? default;
        return table == ExportedTable.Results || ToFormat() is ExportFormat.Csv or ExportFormat.Parquet
            ? table
            : throw RequestErrors.Invalid(
                "table chooses the table of format=csv and format=parquet only: the other formats have all of them.",
                "table 只用于 format=csv 和 format=parquet：其他格式包含全部内容。");
    }

    /// <summary>Returns how to write.</summary>
    /// <exception cref="RequestException"><c>request.invalid</c>.</exception>
    internal ExportOptions ToOptions(HttpContext context) => new()
    {
        Language = string.IsNullOrEmpty(Language) ? context.Language()
            : Language is "zh" or "en" ? Language
            : throw RequestErrors.NotOneOf("language", Language, "zh", "en"),
        ByteOrderMark = RequestErrors.FlagIn("bom", ByteOrderMark),
    };
}
