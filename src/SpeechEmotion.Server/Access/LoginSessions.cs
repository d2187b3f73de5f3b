using System.Security.Cryptography;
using System.Text;
using SpeechEmotion.Errors;
using SpeechEmotion.Server.Storage.Logins;
using SpeechEmotion.Server.Storage.Notices;

namespace SpeechEmotion.Server.Access;

/// <summary>
/// The open logins. A login lasts a week; that of a server which is alone ends when the server stops. All servers of a shared database
/// accept the logins of each other.
/// </summary>
internal sealed class LoginSessions : IDisposable
{
    private const int Capacity = 10_000;
    private const int TokenBytes = 32;

    /// <summary>How long a login of a shared database is not read again: the notice of its end may be lost.</summary>
    private static readonly TimeSpan Trust = TimeSpan.FromMinutes(1);

    /// <summary>Most look-ups in the database at once: anyone can send invented tokens, and other requests need its connections.</summary>
    private readonly SemaphoreSlim _gate = new(2);

    private readonly Credentials _credentials;
    private readonly LoginStore _store;
    private readonly NoticeBoard _board;
    private readonly ExpiringTable<Caller> _callers;

    public LoginSessions(Credentials credentials, LoginStore store, NoticeBoard board, TimeProvider time)
    {
        (_credentials, _store, _board) = (credentials, store, board);
        _callers = new(Capacity, store.IsShared ? Trust : Life, time);
        _board.Posted += Receive;
    }

    /// <summary>The lifetime of a login.</summary>
    public static TimeSpan Life { get; } = TimeSpan.FromDays(7);

    /// <summary>Opens a login and returns its token: hexadecimal, because some clients split cookies at <c>=</c>.</summary>
    public async Task<string> OpenAsync(Caller caller, CancellationToken ct)
    {
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(TokenBytes));
        if (_store.IsShared && _credentials.StampOf(caller, token) is { } stamp)
        {
            await _store.AddAsync(
                new() { Key = KeyOf(token), Name = caller.Name, Quota = caller.Quota, Stamp = stamp, Expires = 0 }, Life, ct);
        }
        Remember(token, caller);
        return token;
    }

    /// <summary>Returns the first token that has a caller; null if all are unknown or expired.</summary>
    public async ValueTask<(string Token, Caller Caller)?> FindAsync(IEnumerable<string> tokens, CancellationToken ct)
    {
        foreach (var token in tokens)
        {
            if (await FindAsync(token, ct) is { } caller)
                return (token, caller);
        }
        return null;
    }

    /// <summary>Returns the caller of a token; null if the token is unknown or expired.</summary>
    public async ValueTask<Caller?> FindAsync(string token, CancellationToken ct)
    {
        if (_callers.Find(KeyOf(token)) is { } caller)
            return caller;
        if (!_store.IsShared || !IsToken(token) || await FindStoredAsync(token, ct) is not { } login)
            return null;
        caller = new(login.Name, login.Quota, Ambient: true);
        if (_credentials.StampOf(caller, token) != login.Stamp)
            return null;
        Remember(token, caller);
        return caller;
    }

    /// <summary>Closes a login on all servers.</summary>
    public async Task CloseAsync(string token, CancellationToken ct)
    {
        _callers.Remove(KeyOf(token));
        if (_store.IsShared && IsToken(token) && await AskAsync(() => _store.DeleteAsync(KeyOf(token), ct), ct))
            await _board.PostAsync(new Notice(NoticeKind.Logout, KeyOf(token)));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _board.Posted -= Receive;
        _gate.Dispose();
    }

    private async Task<LoginEntry?> FindStoredAsync(string token, CancellationToken ct)
    {
        try
        {
            return await AskAsync(() => _store.FindAsync(KeyOf(token), ct), ct);
        }
        catch (SpeechEmotionException)
        {
            // The request is refused as one without a login; a page may then offer one, which reports the failure.
            return null;
        }
    }

    private async Task<T> AskAsync<T>(Func<Task<T>> ask, CancellationToken ct)
    {
        await _gate.WaitAsync(ct);
        try
        {
            return await ask();
        }
        finally
        {
            _gate.Release();
        }
    }

    private static bool IsToken(string token) => token.Length == TokenBytes * 2 && token.All(char.IsAsciiHexDigitLower);

    private void Remember(string token, Caller caller) => _callers.FindOrAdd(KeyOf(token), () => caller with { Ambient = true });

    private void Receive(Notice notice)
    {
        if (notice.Kind == NoticeKind.Logout)
            _callers.Remove(notice.Subject);
    }

    /// <summary>Hashes a token, so that the timing of a look-up reveals nothing about the stored tokens.</summary>
    private static string KeyOf(string token) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
