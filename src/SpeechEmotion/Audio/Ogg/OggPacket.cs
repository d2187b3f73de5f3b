namespace SpeechEmotion.Audio.Ogg;

/// <summary>A packet of an Ogg stream.</summary>
/// <param name="Bytes">The content, valid until the next packet is requested.</param>
/// <param name="PageGranule">The position at the end of the page on which the packet ends.</param>
/// <param name="EndsPage">Whether the packet is the last one that ends on its page.</param>
/// <param name="EndsStream">Whether its page is the last one of the stream.</param>
internal readonly record struct OggPacket(ReadOnlyMemory<byte> Bytes, long PageGranule, bool EndsPage, bool EndsStream);
