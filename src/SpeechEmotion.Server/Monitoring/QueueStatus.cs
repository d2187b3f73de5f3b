namespace SpeechEmotion.Server.Monitoring;

/// <summary>How busy the server is.</summary>
/// <param name="Running">Recognitions that run.</param>
/// <param name="Waiting">Recognitions that wait.</param>
/// <param name="Capacity">Recognitions that may wait.</param>
/// <param name="Workers">Recognitions that may run at once.</param>
public sealed record QueueStatus(int Running, int Waiting, int Capacity, int Workers);
