using OrleansShop.Strangler.Events;

namespace OrleansShop.Strangler.Tests.Events;

/// <summary>A consumer that adds up what it is told.</summary>
[Alias("OrleansShop.Strangler.Tests.ITotalGrain")]
public interface ITotalGrain : IGrainWithStringKey
{
    Task<EventReceipt> TakeAsync(CloudEvent happened);

    Task<int> GetAsync();

    [Alias("end")]
    Task EndActivationAsync();
}

[GenerateSerializer, Immutable, Alias("OrleansShop.Strangler.Tests.TotalState")]
public sealed record TotalState
{
    [Id(0)]
    public int Sum { get; init; }
}

internal sealed class TotalGrain([PersistentState("total", "totals")] IPersistentState<InboxedState<TotalState>> stored) : Grain, ITotalGrain
{
    private readonly Inbox<TotalState> _inbox = new(stored);

    public Task<EventReceipt> TakeAsync(CloudEvent happened) => _inbox.HandleAsync(happened, total => total with { Sum = total.Sum + happened.Read<int>() });

    public Task<int> GetAsync() => Task.FromResult(_inbox.Value.Sum);

    public Task EndActivationAsync()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }
}
