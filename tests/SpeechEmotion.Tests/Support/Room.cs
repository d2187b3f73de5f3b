namespace SpeechEmotion.Tests.Support;

/// <summary>A row of a dependency table.</summary>
/// <param name="Name">The folder; empty for the root of a project.</param>
/// <param name="MayUse">The folders that it may use.</param>
internal sealed record Room(string Name, string[] MayUse);
