using Orleans.Storage;

namespace OrleansShop.Clinic.Testing.Crashing;

internal sealed class LostStorage(IGrainStorage storage, CrashPoint crash) : IGrainStorage, IAsyncDisposable
{
    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => storage.ReadStateAsync(stateName, grainId, grainState);

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        crash.RunAsync(WriteStep.BeforeStore, WriteStep.AfterStore, () => storage.WriteStateAsync(stateName, grainId, grainState));

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        crash.RunAsync(WriteStep.BeforeStore, WriteStep.AfterStore, () => storage.ClearStateAsync(stateName, grainId, grainState));

    public ValueTask DisposeAsync() => storage is IAsyncDisposable disposable ? disposable.DisposeAsync() : ValueTask.CompletedTask;
}
