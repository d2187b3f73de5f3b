namespace SpeechEmotion.Cli;

/// <summary>The exit codes of the command.</summary>
internal static class ExitCode
{
    /// <summary>Everything succeeded.</summary>
    public const int Success = 0;

    /// <summary>Some file could not be recognized; the others were.</summary>
    public const int SomeFailed = 1;

    /// <summary>The command line is invalid.</summary>
    public const int Usage = 2;

    /// <summary>There is no usable model, or it is damaged.</summary>
    public const int ModelTrouble = 3;

    /// <summary>Stopped by Ctrl-C: 128 plus the number of SIGINT, as shells expect.</summary>
    public const int Interrupted = 130;
}
