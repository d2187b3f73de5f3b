using SpeechEmotion.Results;

namespace SpeechEmotion.Server.Http;

/// <summary>The emotion of most of the speech of a recording that was recognized by segments.</summary>
/// <param name="Emotion">The emotion with the largest share of the speech time.</param>
/// <param name="Share">Its share, in [0, 1].</param>
/// <param name="Secondary">
/// The emotion with the second largest share, if it is close to the first: at least 0.2 and at least four fifths of the first share.
/// </param>
/// <param name="Segments">Number of segments; null in lists of batches, and if an older version stored the result.</param>
/// <param name="Transitions">Number of changes of emotion from one segment to the next; null as above.</param>
public sealed record DominantResource(Emotion Emotion, float Share, Emotion? Secondary, int? Segments, int? Transitions);
