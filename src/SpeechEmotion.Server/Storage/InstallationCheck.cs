using Microsoft.EntityFrameworkCore;
using SpeechEmotion.Outputs;
using SpeechEmotion.Server.Hosting;
using SpeechEmotion.Server.Http;

namespace SpeechEmotion.Server.Storage;

/// <summary>
/// Checks that a shared database and the folder of its files belong together: a program with the files of another installation would
/// report that all recordings are missing.
/// </summary>
public sealed class InstallationCheck(HistoryDatabase database, ServerFolder folder, TimeProvider time)
{
    /// <summary>Connects a new database with the folder.</summary>
    /// <exception cref="RequestException"><c>history.other_files</c>: the database belongs to another folder.</exception>
    /// <exception cref="SpeechEmotion.Errors.OutputException">The folder cannot be written.</exception>
    public async Task ConnectAsync(CancellationToken ct)
    {
        if (!database.IsShared)
            return;
        var known = Read();
        var name = await database.WriteAsync(
            async context =>
            {
                if (await context.Installations.FirstOrDefaultAsync(ct) is { } stored)
                    return stored.Name;
                var added = new Installation
                {
                    Name = known ?? Guid.CreateVersion7().ToString("N"),
                    Created = time.GetUtcNow().ToUnixTimeMilliseconds(),
                };
                context.Add(added);
                await context.SaveChangesAsync(ct);
                return added.Name;
            },
            ct);
        if (known is null && !await HasRecordingsAsync(ct))
            Write(name);
        else if (known != name)
            throw OtherFiles(name);
    }

    /// <summary>Checks a folder that this program only reads.</summary>
    /// <exception cref="RequestException"><c>history.other_files</c>: the folder does not belong to the database.</exception>
    public async Task RequireAsync(CancellationToken ct)
    {
        var name = await database.ReadAsync(context => context.Installations.Select(entry => entry.Name).FirstOrDefaultAsync(ct));
        if (name is null || Read() != name)
            throw OtherFiles(name);
    }

    /// <summary>Removes the mark of the folder, whose history is in the folder from now on.</summary>
    public void Disconnect() => System.IO.File.Delete(File);

    private string File => Path.Combine(folder.Shared, "installation");

    /// <summary>Whether the database has batches whose recordings would be in the folder.</summary>
    private Task<bool> HasRecordingsAsync(CancellationToken ct) =>
        database.ReadAsync(context => context.Batches.AnyAsync(batch => batch.Folder != null, ct));

    private string? Read()
    {
        try
        {
            return System.IO.File.ReadAllText(File).Trim();
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

    private void Write(string name)
    {
        try
        {
            Directory.CreateDirectory(folder.Shared);
            var part = $"{File}.{Environment.ProcessId}";
            System.IO.File.WriteAllText(part, name);
            System.IO.File.Move(part, File, overwrite: true);
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

    private RequestException OtherFiles(string? name) => new(
        503, "history.other_files",
        $"The database in --database does not belong to the folder {folder.Shared}. Give the folder of the server that created the "
            + $"database in --files. If its files are lost, write {name ?? "the name of the installation"} into {File}.",
        $"--database 中的数据库不属于文件夹 {folder.Shared}。请在 --files 中指定创建该数据库的服务所用的文件夹。"
            + $"如果文件已丢失，请将 {name ?? "安装名称"} 写入 {File}。");
}
