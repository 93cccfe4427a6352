using Microsoft.Extensions.DependencyInjection;
using OrleansShop.Engine.Streams.DeadLetters;

namespace OrleansShop.Engine.Processes.Tests.Events;

/// <summary>An operator's way to the dead letters. Lives in the publishing service.</summary>
internal interface IOrderDeadLettersGrain : IGrainWithIntegerKey
{
    /// <summary>All of them: stream, number of failed tries, consumer and failure.</summary>
    Task<List<DeadOrder>> List();

    /// <summary>Sends all again; returns to how many that was done.</summary>
    Task<int> Redrive();
}

/// <summary>A dead letter, as far as the tests look at it.</summary>
[GenerateSerializer]
[Immutable]
internal sealed record DeadOrder([property: Id(0)] string Stream, [property: Id(1)] int Attempts, [property: Id(2)] string GrainType, [property: Id(3)] string Failure);

internal sealed class OrderDeadLettersGrain(IServiceProvider services) : Grain, IOrderDeadLettersGrain
{
    private IDeadLetterStore Store => services.GetRequiredKeyedService<IDeadLetterStore>(Orders.Provider);

    public async Task<List<DeadOrder>> List()
    {
        List<DeadOrder> found = [];
        string? after = null;
        do
        {
            var page = await Store.ListAsync(DeadLetterFilter.All, after, DeadLetterFilter.MaxLimit, CancellationToken.None);
            found.AddRange(page.Letters.Select(static letter =>
                new DeadOrder(letter.Reason.Stream.GetKeyAsString(), letter.Reason.Attempts, letter.Reason.Consumer.Type.ToString()!, $"{letter.Reason.ExceptionType}: {letter.Reason.ExceptionMessage}")));
            after = page.Next;
        }
        while (after is not null);
        return found;
    }

    public async Task<int> Redrive() =>
        (await Store.RedriveAsync(new DeadLetterSelection(Ids: null, DeadLetterFilter.All, DeadLetterSelection.MaxLimit, IsDryRun: false), CancellationToken.None)).Done;
}
