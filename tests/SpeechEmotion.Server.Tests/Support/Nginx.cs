using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using SpeechEmotion.Tests.Support;

namespace SpeechEmotion.Server.Tests.Support;

/// <summary>Debian's nginx as a reverse proxy that serves a server below <c>/ser/</c>.</summary>
internal sealed class Nginx : IAsyncDisposable
{
    private const string Program = "/usr/sbin/nginx";

    private readonly TemporaryFolder _folder;
    private readonly Process _process;

    private Nginx(TemporaryFolder folder, Process process, string url) => (_folder, _process, Url) = (folder, process, url);

    /// <summary>Base address of the proxied server, without a slash at the end.</summary>
    public string Url { get; }

    /// <summary>Starts nginx.</summary>
    /// <param name="server">The proxied server.</param>
    /// <param name="strips">Whether nginx removes the path before it forwards a request.</param>
    /// <param name="sendsPrefix">Whether nginx sends the path in X-Forwarded-Prefix.</param>
    public static async Task<Nginx> StartAsync(RunningServer server, bool strips, bool sendsPrefix)
    {
        if (!File.Exists(Program))
            throw new InvalidOperationException($"These tests need {Program}: run ./test.sh, or apt-get install nginx-light.");
        var folder = new TemporaryFolder();
        var port = FreePort();
        await File.WriteAllTextAsync(
            folder.File("nginx.conf"), Configuration(folder.Path, port, server.Url + (strips ? "/" : ""), sendsPrefix));
        var process = Process.Start(new ProcessStartInfo(Program, ["-e", folder.File("error.log"), "-c", folder.File("nginx.conf")]))!;
        var nginx = new Nginx(folder, process, $"http://127.0.0.1:{port}/ser");
        await Until.AsyncTrue(() => IsOpenAsync(port));
        return nginx;
    }

    public async ValueTask DisposeAsync()
    {
        // It runs in the foreground as a single process.
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _folder.Dispose();
    }

    private static string Configuration(string folder, int port, string upstream, bool sendsPrefix) => $$"""
        daemon off; master_process off; pid {{folder}}/pid; error_log {{folder}}/error.log;
        events { worker_connections 256; }
        http {
          access_log off; client_max_body_size 100m;
          client_body_temp_path {{folder}}/1; proxy_temp_path {{folder}}/2; fastcgi_temp_path {{folder}}/3;
          uwsgi_temp_path {{folder}}/4; scgi_temp_path {{folder}}/5;
          map $http_upgrade $connection_upgrade { default upgrade; '' ''; }
          server {
            listen 127.0.0.1:{{port}};
            location /ser/ {
              proxy_pass {{upstream}}; proxy_http_version 1.1; proxy_buffering off;
              proxy_set_header Host $http_host; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection $connection_upgrade;
              proxy_set_header X-Forwarded-For $remote_addr; proxy_set_header X-Forwarded-Proto $scheme;
              {{(sendsPrefix ? "proxy_set_header X-Forwarded-Prefix /ser;" : "")}}
            }
          }
        }
        """;

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task<bool> IsOpenAsync(int port)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
