using Shouldly;
using SpeechEmotion.Server.Http;
using Xunit;

namespace SpeechEmotion.Server.Tests.Http;

/// <summary>The texts of fetches that failed.</summary>
public sealed class UrlErrorsTests
{
    [Theory]
    [InlineData(HttpRequestError.NameResolutionError, "could not be resolved", "无法解析")]
    [InlineData(HttpRequestError.SecureConnectionError, "certificate", "证书")]
    [InlineData(HttpRequestError.ConnectionError, "no connection", "无法建立连接")]
    [InlineData(HttpRequestError.ResponseEnded, "connection was lost", "连接中断")]
    public void Unreachable_EachFailure_IsExplainedInBothLanguages(HttpRequestError kind, string text, string textZh)
    {
        var error = UrlErrors.Unreachable("sounds.example", new HttpRequestException(kind, "English text of .NET"));

        (error.Code, error.RetryAfter).ShouldBe(("url.failed", 5));
        error.Message.ShouldContain(text);
        error.MessageZh.ShouldContain(textZh);
        error.MessageZh.ShouldNotContain("English");
    }
}
