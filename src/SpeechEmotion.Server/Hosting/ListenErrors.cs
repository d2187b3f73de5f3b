using SpeechEmotion.Errors;
using SpeechEmotion.Server.Http;

namespace SpeechEmotion.Server.Hosting;

/// <summary>The errors that prevent the server from listening, each with its code and both texts.</summary>
internal static class ListenErrors
{
    public static RequestException PortTaken(int port, string? owner, Exception inner) => new(
        500, "server.port_taken",
        $"Port {port} is in use{(owner is null ? "" : $" by {owner}")}. Stop that program, or choose another port with --port.",
        $"端口 {port} 已被{(owner is null ? "其他程序" : $" {owner} ")}占用。请停止该程序，或用 --port 指定其他端口。", inner);

    public static RequestException PortDenied(int port, Exception inner) => new(
        500, "server.port_denied",
        $"The system does not let this user listen on port {port}; ports below 1024 are often reserved. Choose another port with --port.",
        $"系统不允许当前用户监听端口 {port}（1024 以下的端口通常需要特权）。请用 --port 指定其他端口。", inner);

    public static RequestException Host(string host, Exception inner) => new(
        500, "server.host",
        $"{host} is not an address of this machine. Choose one with --host: 127.0.0.1 for this machine only, 0.0.0.0 for others too.",
        $"{host} 不是本机地址。请用 --host 指定：127.0.0.1 仅限本机，0.0.0.0 允许其他机器访问。", inner);

    public static RequestException CertificateMissing(string path, Exception? inner = null) => new(
        500, "server.cert",
        $"The certificate {path} cannot be read{(inner is null ? ": the file does not exist" : $": {inner.Message}")}. Check --cert.",
        $"无法读取证书 {path}{(inner is null ? "：文件不存在" : $"：{inner.Message}")}。请检查 --cert。", inner);

    public static RequestException CertificateDamaged(string path, Exception inner) => new(
        500, "server.cert",
        $"{path} is not a readable certificate: {Sentence.End(inner.Message)} Give a PKCS#12 (.pfx, .p12) or PEM file with --cert.",
        $"{path} 不是可读取的证书：{Sentence.End(inner.Message)} 请用 --cert 指定 PKCS#12（.pfx、.p12）或 PEM 文件。", inner);

    public static RequestException CertificateWithoutKey(string path) => new(
        500, "server.cert",
        $"{path} contains no private key for its certificate. Put both into one file: cat fullchain.pem privkey.pem > server.pem",
        $"{path} 中没有证书对应的私钥。请将二者放入同一文件：cat fullchain.pem privkey.pem > server.pem");

    public static RequestException CertificatePassword(string path, Exception? inner) => new(
        500, "server.cert",
        $"The key in {path} is encrypted, and the password is wrong. Give the right one with --cert-password or SER_CERT_PASSWORD.",
        $"{path} 中的私钥已加密，密码不正确。请用 --cert-password 或环境变量 SER_CERT_PASSWORD 提供正确密码。", inner);
}
