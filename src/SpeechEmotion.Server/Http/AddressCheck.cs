using System.Net;

namespace SpeechEmotion.Server.Http;

/// <summary>Returns whether the server may connect to an address that a client named.</summary>
public delegate bool AddressCheck(IPAddress address);
