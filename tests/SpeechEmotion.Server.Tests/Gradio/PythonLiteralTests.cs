using Shouldly;
using SpeechEmotion.Server.Gradio;
using Xunit;

namespace SpeechEmotion.Server.Tests.Gradio;

/// <summary>Python literals are parsed, never executed.</summary>
public sealed class PythonLiteralTests
{
    [Theory]
    [InlineData("[None, 'utterance', False]", "[null,\"utterance\",false]")]
    [InlineData("(None, \"frame\", True,)", "[null,\"frame\",true]")]
    [InlineData("[]", "[]")]
    [InlineData(" [ [1, -2.5], (), 'it\\'s\\n\\u00e9\\x41' ] ", "[[1,-2.5],[],\"it\\u0027s\\n\\u00E9A\"]")]
    public void ReadList_WhatPythonWrites_IsRead(string text, string json) =>
        PythonLiteral.ReadList(text)!.ToJsonString().ShouldBe(json);

    [Theory]
    [InlineData("")]
    [InlineData("'text'")]
    [InlineData("[None")]
    [InlineData("[None]]")]
    [InlineData("[,]")]
    [InlineData("[1 2]")]
    [InlineData("[open('x')]")]
    [InlineData("['open]")]
    [InlineData("['\\")]
    [InlineData("['\\u12']")]
    [InlineData("[1e999]")]
    [InlineData("[nan]")]
    [InlineData("[{1: 2}]")]
    public void ReadList_AnythingElse_IsNull(string text) => PythonLiteral.ReadList(text).ShouldBeNull();

    [Fact]
    public void ReadList_TooDeepOrTooLong_IsNull()
    {
        PythonLiteral.ReadList(new string('[', 5000)).ShouldBeNull();
        PythonLiteral.ReadList(new string('[', 9) + new string(']', 9)).ShouldBeNull();
        PythonLiteral.ReadList($"['{new string('x', 70_000)}']").ShouldBeNull();
    }
}
