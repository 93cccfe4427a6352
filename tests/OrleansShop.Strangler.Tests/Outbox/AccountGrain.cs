using OrleansShop.Strangler.Outbox;

namespace OrleansShop.Strangler.Tests.Outbox;

/// <summary>A grain of an application's own that publishes what happens to it.</summary>
[Alias("OrleansShop.Strangler.Tests.IAccountGrain")]
public interface IAccountGrain : IGrainWithStringKey
{
    Task<int> DepositAsync(int amount);

    Task<int> GetBalanceAsync();

    [Alias("end")]
    Task EndActivationAsync();
}

[GenerateSerializer, Immutable, Alias("OrleansShop.Strangler.Tests.AccountState")]
public sealed record AccountState : IOutboxed
{
    [Id(0)]
    public int Balance { get; init; }

    [Id(1)]
    public OutboxState Outbox { get; init; } = new();
}

internal sealed class AccountGrain([PersistentState("account", "accounts")] IPersistentState<AccountState> stored, EventPublishing publishing) : Grain, IAccountGrain, IRemindable
{
    private GrainOutbox _outbox = null!;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var name = this.GetPrimaryKeyString();
        var source = new EventSource(StreamId.Create("accounts", name), $"/accounts/{name}", name);
        _outbox = new GrainOutbox(this, source, new ReminderMarks(this), publishing, stored.State.Outbox);
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => _outbox.CloseAsync(cancellationToken);

    public async Task<int> DepositAsync(int amount)
    {
        await _outbox.WriteAsync(
            stored,
            (account, outbox) => account with { Balance = account.Balance + amount, Outbox = outbox },
            NewEvent.Of("account-credited", schemaVersion: 1, amount));
        return stored.State.Balance;
    }

    public Task ReceiveReminder(string reminderName, TickStatus status) =>
        ReminderMarks.IsMark(reminderName) ? _outbox.RecoverAsync(stored.State.Outbox, stored.WriteStateAsync) : Task.CompletedTask;

    public Task<int> GetBalanceAsync() => Task.FromResult(stored.State.Balance);

    public Task EndActivationAsync()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }
}
