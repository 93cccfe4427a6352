using Orleans.Runtime;
using Orleans.Storage;

namespace Orleans.TestingHost;

/// <summary>Keeps the faults that a storage provider shall have.</summary>
public class StorageFaultGrain : Grain, IStorageFaultGrain
{
    private enum Operation
    {
        Read,
        Write,
        Clear,
    }

    private readonly Dictionary<(Operation, GrainId), Exception> _faults = [];

    /// <summary>Begins without faults.</summary>
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _faults.Clear();
        return base.OnActivateAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public Task AddFaultOnRead(GrainId grainId, Exception exception) => Add(Operation.Read, grainId, exception);

    /// <inheritdoc/>
    public Task AddFaultOnWrite(GrainId grainId, Exception exception) => Add(Operation.Write, grainId, exception);

    /// <inheritdoc/>
    public Task AddFaultOnClear(GrainId grainId, Exception exception) => Add(Operation.Clear, grainId, exception);

    /// <inheritdoc/>
    public Task OnRead(GrainId grainId) => Fault(Operation.Read, grainId);

    /// <inheritdoc/>
    public Task OnWrite(GrainId grainId) => Fault(Operation.Write, grainId);

    /// <inheritdoc/>
    public Task OnClear(GrainId grainId) => Fault(Operation.Clear, grainId);

    private Task Add(Operation operation, GrainId grain, Exception exception)
    {
        _faults[(operation, grain)] = exception;
        return Task.CompletedTask;
    }

    private Task Fault(Operation operation, GrainId grain)
    {
        if (!_faults.Remove((operation, grain), out var exception))
            return Task.CompletedTask;

        // The race that is lost is not for a state of this grain, which has to keep the other faults.
        (exception as InconsistentStateException)?.TryClaimDeactivation();
        return Task.FromException(exception);
    }
}
