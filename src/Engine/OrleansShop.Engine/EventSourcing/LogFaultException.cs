namespace OrleansShop.Engine.EventSourcing;

/// <summary>Trying again would not help: the grain cannot follow its log. The cause is the inner exception, which the callers get.</summary>
internal sealed class LogFaultException(Exception cause) : Exception(cause.Message, cause);
