using System.IO.Pipelines;
using System.Net.WebSockets;
using Shouldly;
using SpeechEmotion.Server.Live;
using Xunit;

namespace SpeechEmotion.Server.Tests.Live;

/// <summary>The receiver buffers a limited amount, however much a client sends.</summary>
public sealed class LiveReceiverTests
{
    [Fact]
    public async Task Run_NoReader_StopsReceivingWhenThePipeIsFull()
    {
        using var socket = new EndlessSocket();
        var pipe = new Pipe(new(pauseWriterThreshold: 320_000, resumeWriterThreshold: 160_000, useSynchronizationContext: false));
        using var disconnected = new CancellationTokenSource();
        var receiver = new LiveReceiver(socket, new(), TimeProvider.System, CancellationToken.None);

        // Every step here completes synchronously, so the call returns when it has to wait.
        var run = receiver.RunAsync(pipe.Writer, long.MaxValue, TimeSpan.FromHours(1), disconnected);

        run.IsCompleted.ShouldBeFalse();
        socket.Given.ShouldBeInRange(320_000, 340_000);
        var read = await pipe.Reader.ReadAsync();
        read.Buffer.Length.ShouldBe(socket.Given);
        pipe.Reader.AdvanceTo(read.Buffer.End);
        (await pipe.Reader.ReadAsync()).Buffer.Length.ShouldBeGreaterThan(0);
        socket.Close();
        await pipe.Reader.CompleteAsync();
        await run;
        disconnected.IsCancellationRequested.ShouldBeTrue();
    }

    /// <summary>A client that sends as fast as it is received.</summary>
    private sealed class EndlessSocket : WebSocket
    {
        private volatile bool _closed;

        public long Given { get; private set; }

        public override WebSocketCloseStatus? CloseStatus => null;

        public override string? CloseStatusDescription => null;

        public override WebSocketState State => WebSocketState.Open;

        public override string? SubProtocol => null;

        public void Close() => _closed = true;

        public override ValueTask<ValueWebSocketReceiveResult> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken)
        {
            if (_closed)
                return new(new ValueWebSocketReceiveResult(0, WebSocketMessageType.Close, true));
            Given += buffer.Length;
            return new(new ValueWebSocketReceiveResult(buffer.Length, WebSocketMessageType.Binary, false));
        }

        public override Task<WebSocketReceiveResult> ReceiveAsync(ArraySegment<byte> buffer, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public override Task SendAsync(
            ArraySegment<byte> buffer, WebSocketMessageType messageType, bool endOfMessage, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public override Task CloseAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public override Task CloseOutputAsync(
            WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public override void Abort() => _closed = true;

        public override void Dispose() => Abort();
    }
}
