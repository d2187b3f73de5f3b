namespace SpeechEmotion.Results;

/// <summary>One channel of a timeline.</summary>
/// <param name="Index">0 for the first.</param>
/// <param name="Role">Who is heard on it, for example <c>customer</c>; <c>mix</c> where the channels were mixed.</param>
/// <param name="Summary">Its own summary.</param>
public sealed record TimelineChannel(int Index, string Role, TimelineSummary Summary);
