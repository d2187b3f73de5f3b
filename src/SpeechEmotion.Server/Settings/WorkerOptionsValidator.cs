using Microsoft.Extensions.Options;

namespace SpeechEmotion.Server.Settings;

/// <summary>Requires the settings without which a worker has no work.</summary>
internal sealed class WorkerOptionsValidator : IValidateOptions<ServerOptions>
{
    public ValidateOptionsResult Validate(string? name, ServerOptions options)
    {
        List<string> failures = [];
        if (options.Database is null)
            failures.Add("A worker needs --database, the database of its servers. / 工作进程需要 --database，即服务所用的数据库。");
        if (options.Files is null)
            failures.Add("A worker needs --files, the folder or bucket that its servers share. / 工作进程需要 --files，即与服务共用的文件夹或存储桶。");
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
