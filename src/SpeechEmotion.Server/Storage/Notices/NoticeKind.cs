namespace SpeechEmotion.Server.Storage.Notices;

/// <summary>What a program reports to the others.</summary>
public enum NoticeKind
{
    /// <summary>Any change may have been missed, because the connection was broken.</summary>
    Unknown,

    /// <summary>A recognition was added, taken, cancelled or finished.</summary>
    Recognition,

    /// <summary>A recognition has progressed.</summary>
    Progress,

    /// <summary>Batches have new work, or their state has changed.</summary>
    Batch,

    /// <summary>A login was closed.</summary>
    Logout,

    /// <summary>A client sent wrong credentials.</summary>
    Guess,

    /// <summary>A caller sent requests.</summary>
    Requests,

    /// <summary>A program is to look at its own row.</summary>
    Program,
}
