using SpeechEmotion.Server.Http;

namespace SpeechEmotion.Server.Storage.PostgreSql;

/// <summary>
/// The errors of the history in PostgreSQL, each with its code and its English and Chinese text. Clients see these texts, so they name
/// neither the server nor the user; the log has the details.
/// </summary>
internal static class PostgresErrors
{
    public static RequestException Unreachable(Exception cause) => Unusable(
        "history.unreachable", 5,
        "The database does not answer. Check that PostgreSQL is running and that the address in --database is correct.",
        "数据库无响应。请检查 PostgreSQL 是否正在运行，以及 --database 中的地址是否正确。", cause);

    /// <summary>The connection broke between a commit and its answer.</summary>
    public static RequestException Uncertain(Exception cause) => Unusable(
        HistoryErrors.UncertainCode, 5,
        "The connection to the database broke while a change was stored; it may have been stored. Look whether it was, or send the request "
            + "again with the same Idempotency-Key.",
        "保存更改时与数据库的连接中断，更改可能已保存。请查看是否已生效，或用相同的 Idempotency-Key 重新发送请求。", cause);

    public static RequestException LoginRefused(Exception cause) => Unusable(
        "history.login_refused", 60,
        "The database refuses the login. Check the user and the password in --database, and the database server's pg_hba.conf.",
        "数据库拒绝登录。请检查 --database 中的用户名和密码，以及数据库服务器的 pg_hba.conf。", cause);

    public static RequestException NoDatabase(Exception cause) => Unusable(
        "history.no_database", 60,
        "The database server has no database of that name. Create it (CREATE DATABASE), or correct --database.",
        "数据库服务器上没有该名称的数据库。请先创建（CREATE DATABASE），或更正 --database。", cause);

    public static RequestException NoRights(Exception? cause) => Unusable(
        "history.no_rights", 60,
        "The user in --database lacks rights. It must own the database, or be permitted to create and change tables in its schema.",
        "--database 中的用户权限不足：该用户须为数据库的所有者，或可在其 schema 中创建和修改表。", cause);

    public static RequestException NoEncryption(Exception cause) => Unusable(
        "history.tls", 60,
        "No encrypted connection to the database is possible. Check sslmode and sslrootcert in --database, and the server's certificate.",
        "无法与数据库建立加密连接。请检查 --database 中的 sslmode 和 sslrootcert，以及服务器证书。", cause);

    public static RequestException TooOld(string version) => Unusable(
        "history.too_old", 60,
        $"The database server is PostgreSQL {version}; version 14 or newer is needed. Update it.",
        $"数据库服务器为 PostgreSQL {version}，需要 14 或更新版本。请升级。", null);

    public static RequestException Full(Exception cause) => Unusable(
        "history.full", 30,
        "The disk of the database server is full. Free some space there; nothing that was accepted is lost.",
        "数据库服务器的磁盘已满。请在该服务器上清理空间；已接受的内容不会丢失。", cause);

    public static RequestException ReadOnly(Exception? cause) => Unusable(
        "history.read_only", 30,
        "The database is read-only: it is a standby, or its server does not accept changes. Give the primary in --database.",
        "数据库为只读：它是备用服务器，或不接受更改。请在 --database 中指定主服务器。", cause);

    public static RequestException Busy(Exception cause) => Unusable(
        "history.busy", 5,
        "The database has no free connection or memory, or too many programs change the same rows. Try again; if it lasts, raise "
            + "max_connections there.",
        "数据库没有空闲的连接或内存，或有过多程序同时修改相同的数据。请重试；若持续出现，请调高数据库的 max_connections。", cause);

    public static RequestException Foreign(Exception? cause = null) => Unusable(
        "history.foreign", 60,
        "The database has tables of another program or of a newer version. Give an empty database in --database, or update this program.",
        "数据库中有其他程序或更新版本的表。请在 --database 中指定空数据库，或升级本程序。", cause);

    public static RequestException Damaged(Exception cause) => Unusable(
        "history.damaged", 60,
        "The database is damaged. Restore it from a backup; the log of the database server has the details.",
        "数据库已损坏。请从备份恢复，详情见数据库服务器的日志。", cause);

    public static RequestException Unavailable(Exception cause) => Unusable(
        "history.unavailable", 10,
        "The database cannot be used now; the log of this server has the details.",
        "目前无法使用数据库，详情见本服务的日志。", cause);

    /// <summary>Adds the name of the database, for the operator who starts a program.</summary>
    public static RequestException At(string database, RequestException failure) =>
        Unusable(failure.Code, failure.RetryAfter ?? 0, $"{database}: {failure.Message}", $"{database}：{failure.MessageZh}", failure);

    private static RequestException Unusable(string code, int retryAfter, string message, string messageZh, Exception? cause) =>
        new(503, code, message, messageZh, cause) { RetryAfter = retryAfter };
}
