using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace SpeechEmotion.Server.Settings;

/// <summary>Validates the ranges declared in <see cref="ServerOptions"/>.</summary>
internal sealed class ServerOptionsValidator : IValidateOptions<ServerOptions>
{
    /// <summary>The address of a database cannot be read. The text leaves out the address, which may contain a password.</summary>
    public const string NotADatabase = "--database is postgresql://user:password@host:port/database, with settings as ?sslmode=require. "
        + "/ --database 的格式为 postgresql://user:password@host:port/database，可附加 ?sslmode=require 等设置。";

    /// <summary>The address of a bucket cannot be read.</summary>
    public const string NotABucket = "--files is a folder or s3://bucket/prefix, with settings as "
        + "?endpoint=https://host:port&region=name. AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY have the keys. / --files 为文件夹或 "
        + "s3://bucket/prefix，可附加 ?endpoint=https://host:port&region=name 等设置；密钥由 AWS_ACCESS_KEY_ID 和 AWS_SECRET_ACCESS_KEY 指定。";

    /// <summary>The address of a broker cannot be read. The text leaves out the address, which may contain a password.</summary>
    public const string NotABroker = "--broker is amqp://user:password@host:port/virtual-host, with several nodes as host,host, and amqps "
        + "for TLS. / --broker 的格式为 amqp://user:password@host:port/virtual-host，多个节点写作 host,host，TLS 使用 amqps。";

    // A generated validator would drop the bilingual messages of the ranges.
    public ValidateOptionsResult Validate(string? name, ServerOptions options)
    {
        var failures = new List<ValidationResult>();
        Validator.TryValidateObject(options, new(options), failures, validateAllProperties: true);
        if (options.Database is { } database && !PostgresAddress.TryParse(database, out _))
            failures.Add(new(NotADatabase));
        if (BucketAddress.IsOne(options.Files) && !BucketAddress.TryParse(options.Files, out _))
            failures.Add(new(NotABucket));
        if (options.Broker is { } broker && !BrokerAddress.TryParse(broker, out _))
            failures.Add(new(NotABroker));
        if (options is { Broker: not null, Database: null })
            failures.Add(new("--broker needs --database, which has the work. / --broker 需要 --database，任务保存在数据库中。"));
        if (options is { NoBatches: true, Database: null })
            failures.Add(new("--no-batches needs --database and a worker (ser worker). / --no-batches 需要 --database 和工作进程（ser worker）。"));
        if (options is { Files: not null, Database: null })
            failures.Add(new("--files needs --database: one server alone uses --output. / --files 需要 --database；单个服务请用 --output。"));
        return failures.Count == 0
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(failures.Select(failure => failure.ErrorMessage!));
    }
}
