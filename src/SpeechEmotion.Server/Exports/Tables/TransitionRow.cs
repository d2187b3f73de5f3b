using SpeechEmotion.Server.Exports.Rows;

namespace SpeechEmotion.Server.Exports.Tables;

/// <summary>A change of emotion and its recording.</summary>
/// <param name="Row">The recording.</param>
/// <param name="Transition">The change.</param>
internal readonly record struct TransitionRow(BatchRow Row, RowTransition Transition);
