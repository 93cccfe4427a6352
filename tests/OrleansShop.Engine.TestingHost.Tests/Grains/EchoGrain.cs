using System.Runtime.CompilerServices;

namespace OrleansShop.Engine.TestingHost.Tests.Grains;

public interface IEchoGrain : IGrainWithIntegerKey
{
    Task<string> Echo(string text);

    Task<SiloAddress> Where();

    Task<int> Fail(string message);

    Task<byte[]> Bytes(byte[] bytes);

    [Orleans.Concurrency.AlwaysInterleave]
    Task WaitUntilCancelled(CancellationToken cancellationToken);

    Task<bool> WasCancelled();

    [Orleans.Concurrency.OneWay]
    Task Note(string text);

    Task<string> Noted();

    IAsyncEnumerable<int> CountTo(int last, CancellationToken cancellationToken = default);

    Task<string> AskOther(long other, string text);

    Task Subscribe(IEchoObserver observer);

    Task Notify(string text);

    Task SubscribeStrict(IStrictObserver observer);

    Task NotifyStrict(string text);
}

public interface IStrictObserver : IGrainObserver
{
    Task Heard(string text);
}

public interface IEchoObserver : IGrainObserver
{
    [Orleans.Concurrency.OneWay]
    Task Heard(string text);
}

public sealed class EchoGrain(ILocalSiloDetails silo) : Grain, IEchoGrain
{
    private readonly List<IEchoObserver> _observers = [];
    private IStrictObserver? _strict;
    private string _noted = "";
    private bool _wasCancelled;

    public Task<string> Echo(string text) => Task.FromResult(text);

    public Task<SiloAddress> Where() => Task.FromResult(silo.SiloAddress);

    public Task<int> Fail(string message) => throw new InvalidOperationException(message);

    public Task<byte[]> Bytes(byte[] bytes) => Task.FromResult(bytes);

    public async Task WaitUntilCancelled(CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            _wasCancelled = true;
            throw;
        }
    }

    public Task<bool> WasCancelled() => Task.FromResult(_wasCancelled);

    public Task Note(string text)
    {
        _noted = text;
        return Task.CompletedTask;
    }

    public Task<string> Noted() => Task.FromResult(_noted);

    public async IAsyncEnumerable<int> CountTo(int last, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        for (var i = 1; i <= last; i++)
        {
            if (i % 100 == 0)
                await Task.Yield();
            yield return i;
        }
    }

    public Task<string> AskOther(long other, string text) => GrainFactory.GetGrain<IEchoGrain>(other).Echo(text);

    public Task Subscribe(IEchoObserver observer)
    {
        _observers.Add(observer);
        return Task.CompletedTask;
    }

    public Task SubscribeStrict(IStrictObserver observer)
    {
        _strict = observer;
        return Task.CompletedTask;
    }

    public Task NotifyStrict(string text) => _strict!.Heard(text);

    public async Task Notify(string text)
    {
        foreach (var observer in _observers)
            await observer.Heard(text);
    }
}
