using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Orleans.EventSourcing;

/// <summary>What a log view adaptor asks of the engine.</summary>
public interface ILogConsistencyProtocolServices
{
    /// <summary>The grain.</summary>
    GrainId GrainId { get; }

    /// <summary>The cluster that the grain runs in.</summary>
    string MyClusterId { get; }

    /// <summary>Returns a copy that shares nothing that can change with <paramref name="value"/>.</summary>
    T DeepCopy<T>(T value);

    /// <summary>Logs that an invariant of the adaptor was broken, and throws if told to.</summary>
    void ProtocolError(string msg, bool throwexception);

    /// <summary>Logs an exception of the adaptor.</summary>
    void CaughtException(string where, Exception e);

    /// <summary>Logs an exception of a grain's callback.</summary>
    void CaughtUserCodeException(string callback, string where, Exception e);

    /// <summary>Logs a message about the grain.</summary>
    void Log(LogLevel level, string format, params object[] args);
}
