namespace SpeechEmotion.Server.Hosting;

/// <summary>Counts what is open by address, up to a limit. Thread-safe.</summary>
/// <param name="most">For each address.</param>
internal sealed class OpenCounts(int most)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _counts = [];

    /// <summary>Counts one more; false where there are as many already.</summary>
    public bool TryEnter(string place)
    {
        lock (_gate)
        {
            var count = _counts.GetValueOrDefault(place);
            if (count >= most)
                return false;
            _counts[place] = count + 1;
            return true;
        }
    }

    /// <summary>Counts one less.</summary>
    public void Leave(string place)
    {
        lock (_gate)
        {
            if (--_counts[place] == 0)
                _counts.Remove(place);
        }
    }
}
