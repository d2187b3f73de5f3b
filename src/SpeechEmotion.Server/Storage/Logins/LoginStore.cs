using Microsoft.EntityFrameworkCore;

namespace SpeechEmotion.Server.Storage.Logins;

/// <summary>The open logins of all servers that share a database. A server that is alone keeps its logins in memory.</summary>
/// <remarks>All methods may throw the exceptions of <see cref="HistoryDatabase"/>.</remarks>
public sealed class LoginStore(HistoryDatabase database, TimeProvider time)
{
    /// <summary>Whether other servers need the logins.</summary>
    public bool IsShared => database.IsShared;

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Adds a login that lasts for the given time, and deletes those that have ended.</summary>
    public Task AddAsync(LoginEntry login, TimeSpan life, CancellationToken ct) => database.WriteAsync(async context =>
    {
        var now = Now;
        await context.Logins.Where(entry => entry.Expires < now).ExecuteDeleteAsync(ct);
        login.Expires = now + (long)life.TotalMilliseconds;
        context.Add(login);
        return await context.SaveChangesAsync(ct);
    }, ct);

    /// <summary>Returns an open login, or null.</summary>
    public Task<LoginEntry?> FindAsync(string key, CancellationToken ct)
    {
        var now = Now;
        return database.ReadAsync(context => context.Logins.AsNoTracking()
            .FirstOrDefaultAsync(entry => entry.Key == key && entry.Expires >= now, ct));
    }

    /// <summary>Ends a login.</summary>
    /// <returns>False if there is none.</returns>
    public Task<bool> DeleteAsync(string key, CancellationToken ct) => database.WriteAsync(
        async context => await context.Logins.Where(entry => entry.Key == key).ExecuteDeleteAsync(ct) > 0, ct);
}
