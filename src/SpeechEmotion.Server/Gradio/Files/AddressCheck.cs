using System.Net;

namespace SpeechEmotion.Server.Gradio.Files;

/// <summary>Says whether the server may connect to an address that a client has named.</summary>
internal delegate bool AddressCheck(IPAddress address);
