using System.Security.Cryptography;
using System.Text;
using SpeechEmotion.Server.Storage;

namespace SpeechEmotion.Server.Access;

/// <summary>
/// Hashes of addresses and credentials, which the servers of an installation can compare, and which others that receive them cannot read.
/// </summary>
internal sealed class SharedHash(InstallationCheck installation)
{
    private readonly byte[] _salt = installation.Name is { } name ? Encoding.UTF8.GetBytes(name) : RandomNumberGenerator.GetBytes(32);

    /// <summary>Returns the hash of a text: 32 bytes.</summary>
    public byte[] Of(string text) => HMACSHA256.HashData(_salt, Encoding.UTF8.GetBytes(text));
}
