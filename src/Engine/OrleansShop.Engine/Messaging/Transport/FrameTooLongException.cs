namespace OrleansShop.Engine.Messaging.Transport;

/// <summary>A frame says that it is longer than its receiver accepts; whoever sent it does not speak the protocol.</summary>
internal sealed class FrameTooLongException(long length, int limit)
    : IOException($"A frame of {length} bytes was announced where at most {limit} are accepted.");
