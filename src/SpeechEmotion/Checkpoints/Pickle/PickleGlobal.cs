namespace SpeechEmotion.Checkpoints.Pickle;

/// <summary>The Python callables that mean something here. Every other one is <see cref="PickleOpaque"/>.</summary>
internal enum PickleGlobal
{
    OrderedDict,
    RebuildTensor,
    RebuildParameter,
    Size,
}
