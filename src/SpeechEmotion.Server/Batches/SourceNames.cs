using SpeechEmotion.Errors;
using SpeechEmotion.Server.Sources;
using SpeechEmotion.Server.Storage.Batches;

namespace SpeechEmotion.Server.Batches;

/// <summary>Replaces the path of a source on the server by the name that people know, in the names of recordings and in messages.</summary>
internal sealed class SourceNames(BatchSourceEntry source)
{
    /// <summary>Returns a name of a recording, which may begin with the path of its source, for people.</summary>
    public string NameOf(string name)
    {
        if (!name.StartsWith(source.Location, StringComparison.Ordinal))
            return name;
        var rest = name[source.Location.Length..];
        return source.Name.Length > 0 ? source.Name + rest : rest.TrimStart(Path.DirectorySeparatorChar, '/');
    }

    /// <summary>Returns a recording with its name for people.</summary>
    public SourceItem ItemOf(SourceItem item) => item with
    {
        Name = NameOf(item.Name),
        Error = item.Error is SourceException error ? ErrorOf(error) : item.Error,
    };

    /// <summary>Returns an error whose messages name the source as people know it.</summary>
    public SpeechEmotionException ErrorOf(SourceException error)
    {
        var name = source.Name.Length > 0 ? source.Name : Path.GetFileName(source.Location);
        return new SourceException(
            error.Code, error.Message.Replace(source.Location, name, StringComparison.Ordinal),
            error.MessageZh.Replace(source.Location, name, StringComparison.Ordinal), error);
    }
}
