using SpeechEmotion.Results;

namespace SpeechEmotion.Server.Exports.Rows;

/// <summary>A change of emotion in a result.</summary>
/// <param name="Channel">Index of the channel.</param>
/// <param name="Role">Who speaks on the channel; <c>mix</c> if the channels were mixed.</param>
/// <param name="Time">Start of the later segment in seconds.</param>
/// <param name="From">Emotion of the earlier segment.</param>
/// <param name="To">Emotion of the later segment.</param>
/// <param name="Confidence">The smaller confidence of the two segments, in [0, 1].</param>
internal sealed record RowTransition(int Channel, string Role, double Time, Emotion From, Emotion To, float Confidence);
