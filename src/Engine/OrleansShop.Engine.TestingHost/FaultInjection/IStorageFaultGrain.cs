using Orleans.Runtime;

namespace Orleans.TestingHost;

/// <summary>Keeps the faults that a storage provider shall have. Its key is the provider's name.</summary>
public interface IStorageFaultGrain : IGrainWithStringKey
{
    /// <summary>Has the next read of a grain's state fail.</summary>
    Task AddFaultOnRead(GrainId grainId, Exception exception);

    /// <summary>Has the next write of a grain's state fail.</summary>
    Task AddFaultOnWrite(GrainId grainId, Exception exception);

    /// <summary>Has the next clearing of a grain's state fail.</summary>
    Task AddFaultOnClear(GrainId grainId, Exception exception);

    /// <summary>Throws the fault of a grain's next read, once, if there is one.</summary>
    Task OnRead(GrainId grainId);

    /// <summary>Throws the fault of a grain's next write, once, if there is one.</summary>
    Task OnWrite(GrainId grainId);

    /// <summary>Throws the fault of a grain's next clearing, once, if there is one.</summary>
    Task OnClear(GrainId grainId);
}
