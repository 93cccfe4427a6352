using Orleans.Serialization;
using Orleans.Storage;
using OrleansShop.Engine.Simulation.Processes;
using OrleansShop.Engine.Storage;

namespace OrleansShop.Engine.Simulation.Storage;

/// <summary>One silo's way to storage.</summary>
internal sealed class StorageClient(SimulatedStorage storage, SimulatedProcess process, Serializer serializer, Action<SimulatedProcess> freeze) : IFencedGrainStorage
{
    /// <summary>The name that grains know it by.</summary>
    public const string Name = "counters";

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(3);

    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, Fence fence, CancellationToken cancellationToken)
    {
        var stored = await Ask(() => storage.Read(grainId, fence), isWrite: false, cancellationToken);
        grainState.State = stored?.Bytes is { } bytes ? serializer.Deserialize<T>(bytes) : Activator.CreateInstance<T>();
        grainState.RecordExists = stored?.Bytes is not null;
        grainState.ETag = stored?.Etag;
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, Fence fence, CancellationToken cancellationToken)
    {
        var bytes = serializer.SerializeToArray(grainState.State);
        var etag = grainState.ETag;
        var stored = await Ask(() => storage.Write(process.Name, grainId, etag, bytes, fence), isWrite: true, cancellationToken);
        grainState.ETag = stored.Etag;
        grainState.RecordExists = true;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, Fence fence, CancellationToken cancellationToken) =>
        throw new NotSupportedException("No grain of the simulation clears its state.");

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        throw new NotSupportedException("The engine passes fences to storage that takes them.");

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        throw new NotSupportedException("The engine passes fences to storage that takes them.");

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        throw new NotSupportedException("No grain of the simulation clears its state.");

    private async Task<T> Ask<T>(Func<T> request, bool isWrite, CancellationToken cancellationToken)
    {
        var answered = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);

        // The turn has passed its look at the lease; what it does now happens when the process goes on.
        if (isWrite && process.Random.Next(1000) < storage.Mood.FreezeShare)
            freeze(process);
        process.Emit(() => Send(request, isWrite, answered));
        return await answered.Task.WaitAsync(cancellationToken);
    }

    private void Send<T>(Func<T> request, bool isWrite, TaskCompletionSource<T> answered)
    {
        var random = process.Random;
        var mood = storage.Mood;
        storage.Time.After(mood.Draw(random), () =>
        {
            T? answer = default;
            Exception? refusal = null;
            try
            {
                answer = request();
            }
            catch (InconsistentStateException cause)
            {
                refusal = cause;
            }

            if (isWrite && random.Next(1000) < mood.LostShare)
                (refusal, answer) = (new TimeoutException("Storage does not answer."), default);
            var after = refusal is TimeoutException ? s_patience : mood.Draw(random);
            storage.Time.After(after, () => process.Receive(() =>
            {
                if (refusal is null)
                    answered.TrySetResult(answer!);
                else
                    answered.TrySetException(refusal);
            }));
        });
    }
}
