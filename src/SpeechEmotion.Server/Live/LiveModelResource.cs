namespace SpeechEmotion.Server.Live;

/// <summary>The model that processes a live stream.</summary>
/// <param name="Id">Name of the model.</param>
/// <param name="Precision">Precision of the model, for example <c>fp32</c>.</param>
/// <param name="Hash">The first 16 hexadecimal digits of the SHA-256 of the weights.</param>
internal sealed record LiveModelResource(string Id, string Precision, string Hash);
