namespace OrleansShop.Engine.Tests.Client;

public interface IPlaceGrain : IGrainWithIntegerKey
{
    Task<SiloAddress> Where();

    Task<byte[]> Bytes(byte[] bytes);

    Task Slow(int milliseconds);

    Task Subscribe(IPlaceObserver observer);

    Task Tell(string text);
}

public interface IPlaceObserver : IGrainObserver
{
    Task Told(string text);
}

public sealed class PlaceGrain(ILocalSiloDetails silo) : Grain, IPlaceGrain
{
    private IPlaceObserver? _observer;

    public Task<SiloAddress> Where() => Task.FromResult(silo.SiloAddress);

    public Task<byte[]> Bytes(byte[] bytes) => Task.FromResult(bytes);

    public Task Slow(int milliseconds) => Task.Delay(milliseconds);

    public Task Subscribe(IPlaceObserver observer)
    {
        _observer = observer;
        return Task.CompletedTask;
    }

    public Task Tell(string text) => _observer!.Told(text);
}
