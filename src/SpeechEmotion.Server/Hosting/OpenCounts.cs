namespace SpeechEmotion.Server.Hosting;

/// <summary>Counts open requests or connections by network, up to a limit. Thread-safe.</summary>
/// <param name="most">The limit of each network.</param>
internal sealed class OpenCounts(int most)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _counts = [];

    /// <summary>Counts one more; returns false if the limit is reached.</summary>
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
