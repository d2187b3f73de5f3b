using SpeechEmotion.Errors;
using SpeechEmotion.Models;

namespace SpeechEmotion.Downloads.Hubs;

/// <summary>The choice of the hubs to ask for a model, from the user's options and the environment.</summary>
/// <param name="environment">Reads an environment variable.</param>
/// <param name="settings">The timeouts and retries.</param>
/// <param name="time">The clock.</param>
internal sealed class HubChoice(Func<string, string?> environment, TransferSettings settings, TimeProvider time)
{
    /// <summary>Returns the hubs to ask; they are asked in parallel.</summary>
    /// <exception cref="DownloadException"><c>download.bad_address</c>.</exception>
    public IReadOnlyList<IModelHub> Of(CatalogueEntry entry, PullOptions options)
    {
        var proxy = options.Proxy is { } text ? Address(text, withUser: true) : null;
        return (options.From, options.Mirror) switch
        {
            ("modelscope", _) => [ModelScope()],
            ("huggingface", _) or (null, not null) => [HuggingFace()],
            (null, null) => [ModelScope(), HuggingFace()],
            ({ } from, _) => [Folder(from)],
        };

        IModelHub ModelScope()
        {
            // As in ModelScope's own client, the variable may be a host name without a scheme.
            var domain = environment("MODELSCOPE_DOMAIN") is { Length: > 0 } set ? set : "www.modelscope.cn";
            var endpoint = Address(options.Mirror ?? (domain.Contains("://", StringComparison.Ordinal) ? domain : $"https://{domain}"));
            return new ModelScopeHub(endpoint, entry.ModelScope, Connect(endpoint, Token("MODELSCOPE_API_TOKEN", "m_session_id")));
        }

        IModelHub HuggingFace()
        {
            var endpoint = Address(options.Mirror ?? (environment("HF_ENDPOINT") is { Length: > 0 } set ? set : "https://huggingface.co"));
            return new HuggingFaceHub(endpoint, entry.HuggingFace, Connect(endpoint, Token("HF_TOKEN", null)));
        }

        IModelHub Folder(string from)
        {
            var folder = Address(from.EndsWith('/') ? from : from + "/");
            return new WebFolder(folder, entry.Reference?.Example, Connect(folder, null));
        }

        HubToken? Token(string variable, string? cookie)
        {
            if (options.Mirror is not null || environment(variable)?.Trim() is not { Length: > 0 } value)
                return null;
            var token = new HubToken(value, cookie);
            return token.IsSendable ? token : throw DownloadErrors.BadToken(variable);
        }

        HubConnection Connect(Uri endpoint, HubToken? token) => new(endpoint, token, proxy, settings, time);
    }

    /// <summary>Connects to the hub that made an offer.</summary>
    public HubConnection Reconnect(ModelOffer offer, PullOptions options)
    {
        var hubs = Of(offer.Entry, options);
        foreach (var other in hubs.Where(hub => hub.Name != offer.Hub))
            other.Dispose();
        return hubs.First(hub => hub.Name == offer.Hub).Connection;
    }

    private static Uri Address(string text, bool withUser = false) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && HubConnection.IsWeb(address) && (withUser || address.UserInfo.Length == 0)
            ? address
            : throw DownloadErrors.BadAddress(text);
}
