using SpeechEmotion.Results;

namespace SpeechEmotion.Server.Recognitions;

/// <summary>One channel of a timeline, with its own summary.</summary>
/// <param name="Index">0 for the first channel.</param>
/// <param name="Role">Who speaks on it, for example <c>customer</c>; <c>mix</c> where the channels were mixed.</param>
/// <param name="Speech">Seconds of speech.</param>
/// <param name="Silence">Seconds without speech.</param>
/// <param name="Dominant">The emotion with the largest share; null without speech.</param>
/// <param name="Shares">Share of the speech time of each emotion; null without speech.</param>
internal sealed record TimelineChannelResource(
    int Index, string Role, double Speech, double Silence, Emotion? Dominant, ScoresResource? Shares);
