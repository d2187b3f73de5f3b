using SpeechEmotion.Results;
using SpeechEmotion.Server.Http;

namespace SpeechEmotion.Server.Recognitions;

/// <summary>One channel of a timeline, with its own summary.</summary>
/// <param name="Index">Index of the channel, 0 for the first.</param>
/// <param name="Role">Who speaks on the channel, for example <c>customer</c>; <c>mix</c> if the channels were mixed.</param>
/// <param name="Speech">Seconds of speech.</param>
/// <param name="Silence">Seconds without speech.</param>
/// <param name="Dominant">Emotion with the largest share; null without speech.</param>
/// <param name="Shares">Share of each emotion in the speech time; null without speech.</param>
internal sealed record TimelineChannelResource(
    int Index, string Role, double Speech, double Silence, Emotion? Dominant, ScoresResource? Shares);
