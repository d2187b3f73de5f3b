using Microsoft.Win32.SafeHandles;

namespace SpeechEmotion.Checkpoints.Torch;

/// <summary>Detects from the first bytes what a file called model.pt really is.</summary>
internal static class TorchSignature
{
    private const int SniffLength = 64;

    /// <summary>Returns true for a zip, false for a pickle.</summary>
    /// <exception cref="Errors.CheckpointException">The file is neither; the message says what it is, if known.</exception>
    public static bool IsZip(SafeFileHandle file, string path)
    {
        Span<byte> buffer = stackalloc byte[SniffLength];
        var head = (ReadOnlySpan<byte>)buffer[..RandomAccess.Read(file, buffer, 0)];
        if (head.StartsWith("PK\u0003\u0004"u8))
            return true;
        // The PROTO opcode and a protocol that torch writes.
        if (head.Length > 1 && head[0] == 0x80 && head[1] is >= 2 and <= 5)
            return false;
        var (what, whatZh) = Describe(head);
        throw CheckpointErrors.NotACheckpoint(path, what, whatZh);
    }

    private static (string What, string WhatZh) Describe(ReadOnlySpan<byte> head)
    {
        if (head.IsEmpty)
            return ("it is empty. Download it again", "文件为空。请重新下载");
        if (head.StartsWith("version https://git-lfs"u8))
            return ("it is a Git LFS pointer. Run 'git lfs pull' in the model folder, or download the file itself",
                "它只是 Git LFS 指针。请在模型文件夹中运行“git lfs pull”，或下载文件本身");
        var text = head.TrimStart("\uFEFF \t\r\n"u8);
        if (text.StartsWith("<"u8))
            return ("it is a web page, probably the error page of a download. Download it again", "它是网页，可能是下载时的错误页面。请重新下载");
        if (text.StartsWith("{"u8))
            return (
                "it is JSON text, probably the error response of a download. Download it again",
                "它是 JSON 文本，可能是下载时的错误响应。请重新下载");
        if (head.Length > 8 && head[8] == '{')
            return ("it looks like a safetensors file. Use the model.pt of the model", "它看起来是 safetensors 文件。请使用该模型的 model.pt");
        return ("its first bytes are not those of a checkpoint. Download it again", "文件开头的字节不符。请重新下载");
    }
}
