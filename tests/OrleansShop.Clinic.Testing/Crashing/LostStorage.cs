using Orleans.Storage;
using OrleansShop.Strangler.Entities;

namespace OrleansShop.Clinic.Testing.Crashing;

/// <summary>A store of a process that is lost at a step. Steps are those of entities' writes: other states only are not written any more once it is lost.</summary>
internal sealed class LostStorage(IGrainStorage storage, CrashPoint crash) : IGrainStorage, IAsyncDisposable
{
    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => storage.ReadStateAsync(stateName, grainId, grainState);

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => StepAsync<T>(() => storage.WriteStateAsync(stateName, grainId, grainState));

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => StepAsync<T>(() => storage.ClearStateAsync(stateName, grainId, grainState));

    public ValueTask DisposeAsync() => storage is IAsyncDisposable disposable ? disposable.DisposeAsync() : ValueTask.CompletedTask;

    private Task StepAsync<T>(Func<Task> step)
    {
        if (typeof(T).IsGenericType && typeof(T).GetGenericTypeDefinition() == typeof(EntityState<>)) return crash.RunAsync(WriteStep.BeforeStore, WriteStep.AfterStore, step);
        crash.Pass();
        return step();
    }
}
