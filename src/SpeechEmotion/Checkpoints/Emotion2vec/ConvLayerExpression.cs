using System.Globalization;

namespace SpeechEmotion.Checkpoints.Emotion2vec;

/// <summary>
/// Reads the Python expression of <c>feature_encoder_spec</c>, for example <c>[(512, 10, 5)] + [(512, 3, 2)] * 4</c>: lists of
/// (channels, kernel, stride), joined by <c>+</c> and repeated by <c>* number</c>.
/// </summary>
internal ref struct ConvLayerExpression
{
    private const int MaxLayers = 32;
    private const int MaxDigits = 6;

    private ReadOnlySpan<char> _rest;

    private ConvLayerExpression(ReadOnlySpan<char> text) => _rest = text;

    /// <summary>Parses the layers; null if the text is not such an expression, or has no layer or more than 32.</summary>
    public static IReadOnlyList<ConvLayer>? Parse(string text)
    {
        var expression = new ConvLayerExpression(text);
        var layers = new List<ConvLayer>();
        do
        {
            if (!expression.TryTerm(layers))
                return null;
        }
        while (expression.Take('+'));
        return expression._rest.IsWhiteSpace() && layers.Count > 0 ? layers : null;
    }

    private bool TryTerm(List<ConvLayer> layers)
    {
        var list = new List<ConvLayer>();
        if (!TryList(list))
            return false;
        var times = 1;
        while (Take('*'))
        {
            if (!TryNumber(out var factor) || factor > MaxLayers)
                return false;
            times = Math.Min(times * factor, MaxLayers + 1);
        }
        if (layers.Count + (long)list.Count * times > MaxLayers)
            return false;
        for (var i = 0; i < times; i++)
            layers.AddRange(list);
        return true;
    }

    private bool TryList(List<ConvLayer> list)
    {
        if (!Take('['))
            return false;
        while (!Take(']'))
        {
            if (list.Count == MaxLayers || !TryLayer(out var layer))
                return false;
            list.Add(layer);
            if (!Take(',') && !_rest.TrimStart().StartsWith("]"))
                return false;
        }
        return true;
    }

    private bool TryLayer(out ConvLayer layer)
    {
        layer = default;
        if (!Take('(') || !TryNumber(out var channels) || !Take(',') || !TryNumber(out var kernel) || !Take(',') ||
            !TryNumber(out var stride))
            return false;
        Take(',');
        layer = new(channels, kernel, stride);
        return Take(')');
    }

    private bool TryNumber(out int number)
    {
        _rest = _rest.TrimStart();
        var digits = _rest.IndexOfAnyExceptInRange('0', '9');
        digits = digits < 0 ? _rest.Length : digits;
        number = 0;
        if (digits is 0 or > MaxDigits)
            return false;
        number = int.Parse(_rest[..digits], NumberStyles.None, CultureInfo.InvariantCulture);
        _rest = _rest[digits..];
        return true;
    }

    private bool Take(char symbol)
    {
        _rest = _rest.TrimStart();
        if (_rest.IsEmpty || _rest[0] != symbol)
            return false;
        _rest = _rest[1..];
        return true;
    }
}
