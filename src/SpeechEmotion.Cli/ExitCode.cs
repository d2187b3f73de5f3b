namespace SpeechEmotion.Cli;

/// <summary>What the command tells its caller.</summary>
internal static class ExitCode
{
    /// <summary>All is well.</summary>
    public const int Success = 0;

    /// <summary>Some file could not be recognised; the others were.</summary>
    public const int SomeFailed = 1;

    /// <summary>The command line is wrong.</summary>
    public const int Usage = 2;

    /// <summary>There is no model to speak of, or it is damaged.</summary>
    public const int ModelTrouble = 3;

    /// <summary>Stopped by Ctrl-C: 128 plus the number of SIGINT, as shells expect.</summary>
    public const int Interrupted = 130;
}
