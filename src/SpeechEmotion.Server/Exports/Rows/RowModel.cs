namespace SpeechEmotion.Server.Exports.Rows;

/// <summary>The model that computed a result.</summary>
/// <param name="Id">The name, for example <c>compact</c>.</param>
/// <param name="Precision">The arithmetic, for example <c>fp32</c>.</param>
/// <param name="Hash">The first 16 hexadecimal digits of the SHA-256 of the weights.</param>
internal sealed record RowModel(string Id, string Precision, string Hash);
