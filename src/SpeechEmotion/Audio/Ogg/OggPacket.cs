namespace SpeechEmotion.Audio.Ogg;

/// <summary>A packet of an Ogg stream.</summary>
/// <param name="Bytes">Its content; valid until the next packet is asked for.</param>
/// <param name="PageGranule">The position at the end of the page on which it ends.</param>
/// <param name="EndsPage">Whether it is the last packet that ends on its page.</param>
/// <param name="EndsStream">Whether its page is the stream's last one.</param>
internal readonly record struct OggPacket(ReadOnlyMemory<byte> Bytes, long PageGranule, bool EndsPage, bool EndsStream);
