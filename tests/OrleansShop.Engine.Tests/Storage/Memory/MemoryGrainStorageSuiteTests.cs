using Microsoft.Extensions.Options;
using Orleans.Serialization;
using Orleans.Storage;
using OrleansShop.Engine.Storage;
using OrleansShop.Testing.GrainState;

namespace OrleansShop.Engine.Tests.Storage.Memory;

/// <summary>Memory storage does what every grain storage does.</summary>
public sealed class MemoryGrainStorageSuiteTests : GrainStorageTests
{
    private readonly MemoryStore _store = MemoryStore.OfNobody();

    public override ValueTask DisposeAsync() => default;

    // Whether clearing deletes is nothing that memory storage can be told.
    protected override ValueTask<IGrainStorage> OpenAsync(bool deleteStateOnClear) => new(new MemoryGrainStorage(
        "suite", _store, new SystemTextJsonGrainStorageSerializer(Options.Create(new SystemTextJsonGrainStorageSerializerOptions())), new StateActivators()));
}
