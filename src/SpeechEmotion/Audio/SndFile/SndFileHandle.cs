using Microsoft.Win32.SafeHandles;

namespace SpeechEmotion.Audio.SndFile;

/// <summary>An open SNDFILE.</summary>
internal sealed class SndFileHandle() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    protected override bool ReleaseHandle() => SndFileLibrary.Close(handle) == 0;
}
