namespace SpeechEmotion.Server.Doctor;

/// <summary>What a finding means for the operator.</summary>
internal enum FindingLevel
{
    /// <summary>All is well.</summary>
    Ok,

    /// <summary>Programs work, but the operator should look at it.</summary>
    Warning,

    /// <summary>A program would refuse to start, or could not work.</summary>
    Failed,
}
