using System.ComponentModel;
using System.Net.Sockets;
using Shouldly;
using SpeechEmotion.Storage;
using Xunit;

namespace SpeechEmotion.Tests.Storage;

public sealed class OpenFilesTests
{
    [Theory]
    [InlineData("Max open files            64                   128                  files     ", 128L)]
    [InlineData("Max open files            1024                 unlimited            files     ", null)]
    [InlineData("Max processes             64                   128                  processes ", null)]
    public void LimitIn_Line_IsTheHardLimit(string line, long? limit) =>
        OpenFiles.LimitIn(["Limit                     Soft Limit           Hard Limit           Units     ", line]).ShouldBe(limit);

    [Fact]
    public void AreExhausted_AnywhereInTheChain_IsTrue()
    {
        OpenFiles.AreExhausted(new IOException("Too many open files", 24)).ShouldBeTrue();
        OpenFiles.AreExhausted(new InvalidOperationException("a", new IOException("b", 23))).ShouldBeTrue();
        OpenFiles.AreExhausted(new Win32Exception(24)).ShouldBeTrue();
        OpenFiles.AreExhausted(new SocketException((int)SocketError.TooManyOpenSockets)).ShouldBeTrue();
        OpenFiles.AreExhausted(new IOException("No space left on device", 28)).ShouldBeFalse();
        OpenFiles.AreExhausted(new SocketException((int)SocketError.AccessDenied)).ShouldBeFalse();
        OpenFiles.AreExhausted(null).ShouldBeFalse();
    }
}
