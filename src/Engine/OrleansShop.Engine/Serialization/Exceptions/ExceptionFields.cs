using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace OrleansShop.Engine.Serialization.Exceptions;

/// <summary>What is set in an exception that was made without its constructor's arguments.</summary>
internal static class ExceptionFields
{
    // The fields of Exception are as old as the runtime, and its own remoting of the past depended on them; a test notices if they change.
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_message")]
    private static extern ref string? Message(Exception exception);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_innerException")]
    private static extern ref Exception? Inner(Exception exception);

    public static string? GetMessage(Exception exception) => Message(exception);

    public static void SetMessage(Exception exception, string? message) => Message(exception) = message;

    public static void SetInner(Exception exception, Exception? inner) => Inner(exception) = inner;

    /// <summary>Makes the text of a stack trace from elsewhere the beginning of this exception's own.</summary>
    public static void SetStackTrace(Exception exception, string? stackTrace)
    {
        if (!string.IsNullOrEmpty(stackTrace) && exception.StackTrace is null) ExceptionDispatchInfo.SetRemoteStackTrace(exception, stackTrace);
    }
}
