namespace SpeechEmotion.Results;

/// <summary>One channel of a timeline.</summary>
/// <param name="Index">The index; 0 for the first channel.</param>
/// <param name="Role">The speaker on the channel, for example <c>customer</c>; <c>mix</c> if the channels were mixed.</param>
/// <param name="Summary">The summary of this channel.</param>
public sealed record TimelineChannel(int Index, string Role, TimelineSummary Summary);
