using SpeechEmotion.Server.Engine;

namespace SpeechEmotion.Server.Monitoring;

/// <summary>
/// What works, and what is missing. It has codes only: messages may name recordings and paths, and these answers need no login.
/// </summary>
/// <param name="State">Whether the server can do its work.</param>
/// <param name="Model">The state of its model.</param>
/// <param name="Parts">Database, files and broker, as this server sees them.</param>
/// <param name="Standstill">
/// Code of the reason why no program takes work that waits; null if none waits, it progresses, or the database cannot be read.
/// </param>
public sealed record HealthResource(HealthState State, ModelState Model, IReadOnlyList<PartHealth> Parts, string? Standstill);
