using System.Net;

namespace SpeechEmotion.Server.Gradio.Files;

/// <summary>Returns whether the server may connect to an address that a client named.</summary>
internal delegate bool AddressCheck(IPAddress address);
