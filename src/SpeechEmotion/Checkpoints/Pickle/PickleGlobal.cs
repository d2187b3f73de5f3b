namespace SpeechEmotion.Checkpoints.Pickle;

/// <summary>The Python callables that the reader understands. Every other one is <see cref="PickleOpaque"/>.</summary>
internal enum PickleGlobal
{
    OrderedDict,
    RebuildTensor,
    RebuildParameter,
    Size,
}
