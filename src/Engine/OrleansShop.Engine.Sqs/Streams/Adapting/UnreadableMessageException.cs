namespace OrleansShop.Engine.Sqs.Streams.Adapting;

/// <summary>A message is none of the provider's, or is damaged: no agent will ever be able to read it. The text says why.</summary>
internal sealed class UnreadableMessageException(string message, Exception? innerException = null) : Exception(message, innerException);
