namespace SpeechEmotion.Tests.Support;

/// <summary>The product wrote JSON that its schema does not describe.</summary>
internal sealed class ContractException(string message, Exception? cause = null) : Exception(message, cause);
