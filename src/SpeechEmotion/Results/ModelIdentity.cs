namespace SpeechEmotion.Results;

/// <summary>Which model spoke. Every result carries it.</summary>
/// <param name="Id">Folder or catalogue name, for example <c>emotion2vec_plus_large</c> or <c>compact</c>.</param>
/// <param name="Precision">Arithmetic of the graph, for example <c>fp32</c>.</param>
/// <param name="Hash">The first 16 hexadecimal digits of the SHA-256 of the weights.</param>
/// <param name="License">Licence of the weights, as the catalogue knows it.</param>
/// <param name="CommercialUse">False where the licence forbids commercial use; null where it is not known.</param>
/// <param name="Check">How the weights were compared with what their publisher gave out.</param>
/// <param name="MatchesReference">Whether the imported model answered its publisher's example as FunASR does; null where it was not compared.</param>
public sealed record ModelIdentity(string Id, string Precision, string Hash, string License, bool? CommercialUse, ModelCheck Check = ModelCheck.None, bool? MatchesReference = null);
