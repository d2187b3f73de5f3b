namespace SpeechEmotion.Tests.Support;

/// <summary>A row of a table of rooms.</summary>
/// <param name="Name">The folder; empty for the root of a project.</param>
/// <param name="MayUse">The rooms that it may use.</param>
internal sealed record Room(string Name, string[] MayUse);
