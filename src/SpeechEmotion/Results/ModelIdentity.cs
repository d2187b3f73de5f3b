namespace SpeechEmotion.Results;

/// <summary>The model that computed an answer. Every result names it.</summary>
/// <param name="Id">The folder or catalog name, for example <c>emotion2vec_plus_large</c> or <c>compact</c>.</param>
/// <param name="Precision">The arithmetic of the graph, for example <c>fp32</c>.</param>
/// <param name="Hash">The first 16 hexadecimal digits of the SHA-256 of the weights.</param>
/// <param name="License">The license of the weights, as the catalog states it.</param>
/// <param name="CommercialUse">False if the license forbids commercial use; null if that is unknown.</param>
/// <param name="Check">How the weights were checked against what their publisher released.</param>
/// <param name="MatchesReference">
/// Whether the imported model gave the same answer to its publisher's example as FunASR; null if it was not compared.
/// </param>
public sealed record ModelIdentity(
    string Id, string Precision, string Hash, string License, bool? CommercialUse, ModelCheck Check = ModelCheck.None,
    bool? MatchesReference = null);
