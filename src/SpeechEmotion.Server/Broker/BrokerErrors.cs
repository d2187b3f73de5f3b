using SpeechEmotion.Server.Http;

namespace SpeechEmotion.Server.Broker;

/// <summary>The errors of the broker, each with its code and its English and Chinese text. They name no user and no password.</summary>
internal static class BrokerErrors
{
    /// <summary>All codes start with it.</summary>
    public const string Prefix = "broker.";

    /// <summary>The code of <see cref="Unreachable"/>.</summary>
    public const string UnreachableCode = "broker.unreachable";

    public static RequestException Unreachable(Exception? cause) => Unusable(
        UnreachableCode,
        "The broker does not answer. Check that RabbitMQ is running and that the address in --broker is correct.",
        "消息队列无响应。请检查 RabbitMQ 是否正在运行，以及 --broker 中的地址是否正确。", cause);

    public static RequestException LoginRefused(Exception cause) => Unusable(
        "broker.login_refused",
        "The broker refuses the login. Check the user and the password in --broker; RabbitMQ accepts guest only from its own machine.",
        "消息队列拒绝登录。请检查 --broker 中的用户名和密码；RabbitMQ 只接受来自本机的 guest。", cause);

    public static RequestException NoVirtualHost(Exception cause) => Unusable(
        "broker.no_virtual_host",
        "The virtual host in --broker does not exist, the user may not use it, or it has too many connections. Create it "
            + "(rabbitmqctl add_vhost), permit its use (rabbitmqctl set_permissions), raise its limits, or correct --broker.",
        "--broker 中的虚拟主机不存在、该用户无权使用，或其连接数已达上限。请创建（rabbitmqctl add_vhost）、授权（rabbitmqctl set_permissions）、"
            + "调高上限，或更正 --broker。", cause);

    public static RequestException NoRights(Exception cause) => Unusable(
        "broker.no_rights",
        "The user in --broker lacks rights. It must be permitted to configure, write and read the queues ser.*, and to write to the "
            + "default exchange (rabbitmqctl set_permissions).",
        "--broker 中的用户权限不足：该用户须可配置、写入和读取队列 ser.*，并可使用默认交换机（rabbitmqctl set_permissions）。", cause);

    public static RequestException NoEncryption(Exception cause) => Unusable(
        "broker.tls",
        "No encrypted connection to the broker is possible. Check amqps and the port in --broker, and the certificate of the broker.",
        "无法与消息队列建立加密连接。请检查 --broker 中的 amqps 和端口，以及消息队列的证书。", cause);

    public static RequestException TooOld(string version) => Unusable(
        "broker.too_old",
        $"The broker is RabbitMQ {version}; version 3.10 or newer is needed. Update it.",
        $"消息队列为 RabbitMQ {version}，需要 3.10 或更新版本。请升级。", null);

    public static RequestException OtherQueues(Exception cause) => Unusable(
        "broker.other_queues",
        "The broker has queues named ser.* that another program or version created. Give this installation a virtual host of its own, or "
            + "delete those queues: they contain nothing that the database lacks.",
        "消息队列中已有其他程序或版本创建的 ser.* 队列。请为本系统使用单独的虚拟主机，或删除这些队列：其中没有数据库所缺少的内容。", cause);

    public static RequestException Full(Exception cause) => Unusable(
        "broker.full",
        "The broker accepts no messages, because it lacks memory or disk space. Its log has the details.",
        "消息队列因内存或磁盘空间不足而不接受消息，详情见其日志。", cause);

    public static RequestException Refused(string reason, Exception cause) => Unusable(
        "broker.refused", $"The broker refuses a request: {reason}", $"消息队列拒绝了请求：{reason}", cause);

    /// <summary>Adds the name of the broker, for the operator.</summary>
    public static RequestException At(string broker, RequestException failure) => Unusable(
        failure.Code, $"{broker}: {failure.Message}", $"{broker}：{failure.MessageZh}", failure);

    private static RequestException Unusable(string code, string message, string messageZh, Exception? cause) =>
        new(503, code, message, messageZh, cause);
}
