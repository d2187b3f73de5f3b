namespace SpeechEmotion.Inference;

/// <summary>The names of devices in files and programs.</summary>
public static class ComputeDeviceNames
{
    /// <summary><c>cpu</c>, <c>cuda</c> or <c>auto</c>.</summary>
    public static string Key(this ComputeDevice device) => device switch
    {
        ComputeDevice.Cuda => "cuda",
        ComputeDevice.Auto => "auto",
        _ => "cpu",
    };
}
