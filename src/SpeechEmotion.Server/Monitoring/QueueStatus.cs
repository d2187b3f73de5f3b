namespace SpeechEmotion.Server.Monitoring;

/// <summary>The status of the recognition queue.</summary>
/// <param name="Running">Number of running recognitions.</param>
/// <param name="Waiting">Number of waiting recognitions.</param>
/// <param name="Capacity">Number of recognitions that may wait.</param>
/// <param name="Workers">Number of recognitions that may run in parallel.</param>
public sealed record QueueStatus(int Running, int Waiting, int Capacity, int Workers);
