using Microsoft.EntityFrameworkCore;
using SpeechEmotion.Outputs;
using SpeechEmotion.Server.Files;
using SpeechEmotion.Server.Hosting;
using SpeechEmotion.Server.Http;

namespace SpeechEmotion.Server.Storage;

/// <summary>
/// Checks that a shared database and the folder of its files belong together: a program with the files of another installation would
/// report that all recordings are missing.
/// </summary>
public sealed class InstallationCheck(HistoryDatabase database, ServerFolder folder, IFileStore files, TimeProvider time)
{
    /// <summary>The name that a shared database and its folder have; null before they are checked, or if it is not shared.</summary>
    public string? Name { get; private set; }

    private string File => Path.Combine(folder.Shared, "installation");

    /// <summary>The file for people.</summary>
    private string Mark => folder.Bucket is null ? File : $"{folder.SharedPlace}/installation";

    /// <summary>
    /// Opens the database, and connects a new one with the folder. A database that is not the folder's is refused: the start of a server
    /// deletes the recordings that its database does not name.
    /// </summary>
    /// <param name="ct">Cancels the operation.</param>
    /// <param name="isMoving">Whether the history in the folder is being moved into the database.</param>
    /// <exception cref="RequestException">
    /// <c>history.other_files</c>: database and folder do not belong together. <c>history.moved</c>, <c>history.not_moved</c>: the history
    /// is in the other engine.
    /// </exception>
    /// <exception cref="SpeechEmotion.Errors.OutputException">The folder cannot be written.</exception>
    public async Task OpenAsync(CancellationToken ct, bool isMoving = false)
    {
        var mark = await ReadAsync(ct);
        // Before an empty history is created in the folder.
        if (!database.IsShared && mark is not null)
            throw Moved();
        await database.OpenAsync(ct);
        if (!database.IsShared)
            return;
        if (mark is null && !isMoving && System.IO.File.Exists(folder.Database))
            throw NotMoved();
        var name = await FindAsync(ct);
        if (name is null && mark is not null)
            throw OtherFiles(null);
        Name = name ??= await AddAsync(ct);
        if ((mark ??= await ReadAsync(ct)) is null && !await HasFilesAsync(ct))
            await WriteAsync(name, ct);
        else if (mark != name)
            throw OtherFiles(name);
    }

    /// <summary>Checks the folder of a worker.</summary>
    /// <exception cref="RequestException"><c>history.other_files</c>: the folder does not belong to the database.</exception>
    public async Task RequireAsync(CancellationToken ct)
    {
        Name = await FindAsync(ct) ?? throw NoServer();
        if (await ReadAsync(ct) != Name)
            throw OtherFiles(Name);
    }

    /// <summary>Checks that the database and the folder belong together, without a change to them.</summary>
    /// <returns>Whether both are new.</returns>
    /// <exception cref="RequestException"><c>history.other_files</c>: they belong to different installations.</exception>
    public async Task<bool> IsNewAsync(bool hasTables, CancellationToken ct)
    {
        var (name, mark) = (hasTables ? await FindAsync(ct) : null, await ReadAsync(ct));
        return name == mark ? name is null : throw OtherFiles(name);
    }

    /// <summary>Whether the folder is there, or the bucket answers: either may be lost while the program runs.</summary>
    public bool IsHere => !database.IsShared || (files.IsElsewhere ? !files.IsFailing : System.IO.File.Exists(File));

    /// <summary>Removes the mark of the folder, whose history is in the folder from now on.</summary>
    public void Disconnect() => System.IO.File.Delete(File);

    private Task<string?> FindAsync(CancellationToken ct) =>
        database.ReadAsync(context => context.Installations.Select(entry => entry.Name).FirstOrDefaultAsync(ct));

    private Task<string> AddAsync(CancellationToken ct) => database.WriteAsync(
        async context =>
        {
            var added = new Installation
            {
                Name = Guid.CreateVersion7().ToString("N"),
                Created = time.GetUtcNow().ToUnixTimeMilliseconds(),
            };
            // Another server may start at the same moment.
            await context.LockNewInstallationAsync(ct);
            if (await context.Installations.Select(entry => entry.Name).FirstOrDefaultAsync(ct) is { } other)
                return other;
            context.Add(added);
            await context.SaveChangesAsync(ct);
            return added.Name;
        },
        ct);

    /// <summary>Whether the database has results or recordings that would be in the folder.</summary>
    private Task<bool> HasFilesAsync(CancellationToken ct) => database.ReadAsync(async context =>
        await context.Batches.AnyAsync(batch => batch.Folder != null, ct) || await context.Recognitions.AnyAsync(ct));

    private async Task<string?> ReadAsync(CancellationToken ct)
    {
        try
        {
            return await files.BringAsync(File, ct) ? (await System.IO.File.ReadAllTextAsync(File, ct)).Trim() : null;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (IOException failure)
        {
            throw OutputErrors.Of(failure, File);
        }
        catch (UnauthorizedAccessException failure)
        {
            throw OutputErrors.Of(failure, File);
        }
    }

    private async Task WriteAsync(string name, CancellationToken ct)
    {
        try
        {
            Directory.CreateDirectory(folder.Shared);
            var part = $"{File}.{folder.Program}";
            System.IO.File.WriteAllText(part, name);
            System.IO.File.Move(part, File, overwrite: true);
            await files.KeepAsync([File], ct);
        }
        catch (IOException failure)
        {
            throw OutputErrors.Of(failure, File);
        }
        catch (UnauthorizedAccessException failure)
        {
            throw OutputErrors.Of(failure, File);
        }
    }

    /// <param name="name">The name in the database; null if it is new.</param>
    private RequestException OtherFiles(string? name) => name is null
        ? new(
            503, "history.other_files",
            $"The database in --database is new, but {folder.SharedPlace} belongs to another one. Give that database. If it is lost, "
                + $"delete {Mark}: recordings of its batches are then deleted, too.",
            $"--database 中的数据库是新的，而 {folder.SharedPlace} 属于另一个数据库。请指定原数据库；如果它已丢失，请删除 {Mark}："
                + "其批次的录音也会随之删除。")
        : new(
            503, "history.other_files",
            $"The database in --database does not belong to {folder.SharedPlace}. Give the folder or bucket of the server that created the "
                + $"database in --files. If its files are lost, write {name} into {Mark}.",
            $"--database 中的数据库不属于 {folder.SharedPlace}。请在 --files 中指定创建该数据库的服务所用的文件夹或存储桶。"
                + $"如果文件已丢失，请将 {name} 写入 {Mark}。");

    private RequestException NotMoved() => new(
        503, "history.not_moved",
        $"{folder.Output} has a history of its own, which the database in --database lacks. Move it with ser migrate, or move the file "
            + $"{folder.Database} away.",
        $"{folder.Output} 有自己的历史记录，而 --database 中的数据库没有。请用 ser migrate 迁移，或移走文件 {folder.Database}。");

    private RequestException Moved() => new(
        503, "history.moved",
        $"The history of {folder.Output} is in PostgreSQL. Give the database with --database or SER_DATABASE, or move it back with ser "
            + $"migrate --back. If the database is lost, delete {Mark}: recordings of its batches are then deleted, too.",
        $"{folder.Output} 的历史记录在 PostgreSQL 中。请用 --database 或 SER_DATABASE 指定数据库，或用 ser migrate --back 移回。"
            + $"如果数据库已丢失，请删除 {Mark}：其批次的录音也会随之删除。");

    private static RequestException NoServer() => new(
        503, "history.no_server", "No server has used the database in --database yet. Start the server first.",
        "尚无服务使用过 --database 中的数据库。请先启动服务。");
}
