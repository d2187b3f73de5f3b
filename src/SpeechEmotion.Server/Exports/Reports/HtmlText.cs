using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace SpeechEmotion.Server.Exports.Reports;

/// <summary>
/// Builds HTML from interpolated strings: their literal parts are markup, and every inserted value is text, which is escaped. So a
/// file name can never become markup.
/// </summary>
internal sealed class HtmlText
{
    /// <summary>Escapes what has a meaning in HTML and leaves Chinese readable.</summary>
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private readonly StringBuilder _text = new();

    /// <summary>Adds markup and escaped text.</summary>
    public void Add([InterpolatedStringHandlerArgument("")] Markup markup)
    {
        // The compiler has passed the parts to the handler already.
        _ = markup;
        _text.Append('\n');
    }

    /// <summary>Adds markup of the product itself.</summary>
    public void AddMarkup(string markup) => _text.Append(markup).Append('\n');

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();

    /// <summary>Receives the parts of an interpolated string.</summary>
    [InterpolatedStringHandler]
    public readonly ref struct Markup
    {
        private readonly StringBuilder _text;

        /// <param name="literalLength">Length of the literal parts.</param>
        /// <param name="formattedCount">Number of inserted values.</param>
        /// <param name="html">Receives the parts.</param>
        public Markup(int literalLength, int formattedCount, HtmlText html)
        {
            _text = html._text;
            _text.EnsureCapacity(_text.Length + literalLength + formattedCount);
        }

        /// <summary>Adds markup.</summary>
        public void AppendLiteral(string markup) => _text.Append(markup);

        /// <summary>Adds a value as text.</summary>
        public void AppendFormatted<T>(T value, string? format = null)
        {
            var text = value is IFormattable number ? number.ToString(format, CultureInfo.InvariantCulture) : value?.ToString();
            _text.Append(Encoder.Encode(text ?? ""));
        }
    }
}
