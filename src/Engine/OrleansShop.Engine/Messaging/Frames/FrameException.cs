namespace OrleansShop.Engine.Messaging.Frames;

/// <summary>A frame is not what it should be; its connection is closed.</summary>
internal sealed class FrameException(string message) : IOException(message);
