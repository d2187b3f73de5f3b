namespace SpeechEmotion.Errors;

/// <summary>
/// Embeds foreign texts in messages: the message of a system or a server may or may not end with a full stop, and may repeat itself.
/// </summary>
internal static class Sentence
{
    private static readonly char[] Ends = ['.', '!', '?', '…', '。', '！', '？'];

    /// <summary>Completes a text so that another sentence can follow it.</summary>
    public static string End(string text)
    {
        var trimmed = text.Trim();
        return trimmed.Length == 0 || Ends.Contains(trimmed[^1]) ? trimmed : trimmed + ".";
    }

    /// <summary>Joins messages. A sentence that several of them contain, such as a remedy, appears once, at its last position.</summary>
    /// <param name="messages">The messages in whole sentences, in English or Chinese.</param>
    public static string Join(IEnumerable<string> messages)
    {
        string[] sentences = [.. messages.SelectMany(Split)];
        return string.Concat(sentences.Where((sentence, i) => Array.LastIndexOf(sentences, sentence) == i)).TrimEnd();
    }

    /// <summary>Splits a message into sentences, each with the space that follows it.</summary>
    private static IEnumerable<string> Split(string message)
    {
        var start = 0;
        for (var i = 0; i < message.Length; i++)
        {
            var last = i == message.Length - 1;
            if (last || message[i] is '。' or '！' or '？' || (message[i] is '.' or '!' or '?' && message[i + 1] == ' '))
            {
                var sentence = message[start..(i + 1)].Trim();
                start = i + 1;
                if (sentence.Length > 0)
                    yield return sentence[^1] is '。' or '！' or '？' ? sentence : End(sentence) + " ";
            }
        }
    }
}
