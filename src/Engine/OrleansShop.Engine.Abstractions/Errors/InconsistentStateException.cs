using System.Runtime.Serialization;
using Orleans.Runtime;

namespace Orleans.Storage;

/// <summary>The stored state is not the one that was read before: someone else has written it. Nothing was stored.</summary>
[GenerateSerializer]
public class InconsistentStateException : OrleansException
{
    // Not a member of the stored form: a copy that came over the wire may claim again, which is harmless.
    [NonSerialized]
    private int _isClaimed;

    /// <summary>Creates the exception with a general message.</summary>
    public InconsistentStateException()
        : base("The stored state has changed since it was read.")
    {
    }

    /// <summary>Creates the exception.</summary>
    public InconsistentStateException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with its cause.</summary>
    public InconsistentStateException(string message, Exception? innerException)
        : base(message, innerException!)
    {
    }

    /// <summary>Creates the exception with both ETags.</summary>
    public InconsistentStateException(string errorMsg, string? storedEtag, string? currentEtag)
        : this(errorMsg, storedEtag, currentEtag, null)
    {
    }

    /// <summary>Creates the exception with both ETags and its cause.</summary>
    public InconsistentStateException(string errorMsg, string? storedEtag, string? currentEtag, Exception? storageException)
        : base(errorMsg, storageException!)
    {
        StoredEtag = storedEtag;
        CurrentEtag = currentEtag;
    }

    /// <summary>Creates the exception with both ETags and its cause, which gives the message.</summary>
    public InconsistentStateException(string? storedEtag, string? currentEtag, Exception storageException)
        : this(storageException.Message, storedEtag, currentEtag, storageException)
    {
    }

    /// <summary>Takes the exception from the old serialization of .NET.</summary>
    protected InconsistentStateException(SerializationInfo info, StreamingContext context)
#pragma warning disable SYSLIB0051 // The official API has it, for applications that derive from it.
        : base(info, context)
#pragma warning restore SYSLIB0051
    {
        StoredEtag = info.GetString(nameof(StoredEtag));
        CurrentEtag = info.GetString(nameof(CurrentEtag));
    }

    /// <summary>The ETag in storage, as far as it is known.</summary>
    [Id(0)]
    public string? StoredEtag { get; private set; }

    /// <summary>The ETag that was read before.</summary>
    [Id(1)]
    public string? CurrentEtag { get; private set; }

    /// <summary>True the first time: the grain whose state it was is deactivated, its callers are not.</summary>
    internal bool TryClaimDeactivation() => Interlocked.Exchange(ref _isClaimed, 1) == 0;

    /// <summary>Has the next <see cref="TryClaimDeactivation"/> succeed again: whoever claimed it was not the grain whose state it was.</summary>
    internal void ReleaseDeactivation() => Volatile.Write(ref _isClaimed, 0);

    /// <inheritdoc/>
#pragma warning disable CS0672, SYSLIB0051 // The official API has it.
    public override void GetObjectData(SerializationInfo info, StreamingContext context)
    {
        base.GetObjectData(info, context);
        info.AddValue(nameof(StoredEtag), StoredEtag);
        info.AddValue(nameof(CurrentEtag), CurrentEtag);
    }
#pragma warning restore CS0672, SYSLIB0051

    /// <inheritdoc/>
    public override string ToString() => $"{base.ToString()}{Environment.NewLine}Stored ETag: {StoredEtag}, ETag of the state in memory: {CurrentEtag}";
}
