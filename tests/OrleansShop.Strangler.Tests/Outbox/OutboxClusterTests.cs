using Microsoft.Extensions.DependencyInjection;
using Orleans.Reminders;
using Orleans.TestingHost;
using OrleansShop.Strangler.Outbox;
using OrleansShop.Testing.Time;
using OrleansShop.Testing.Waiting;
using Xunit;

namespace OrleansShop.Strangler.Tests.Outbox;

/// <summary>A grain of an application's own with an outbox and reminders as marks, on silos that come and go.</summary>
public sealed class OutboxClusterTests
{
    private static readonly TimeSpan UntilTheMarkIsLookedAt = TimeSpan.FromMinutes(2);

    private readonly QueueUnderTest _queue = new();
    private readonly ManualTimeProvider _reminders = new();

    [Fact]
    public async Task A_write_is_acknowledged_while_the_queue_does_not_answer_and_published_when_it_does()
    {
        await using var cluster = await StartAsync(1);
        var account = cluster.Client.GetGrain<IAccountGrain>("slow");
        _queue.IsAway = true;

        Assert.Equal(5, await account.DepositAsync(5));
        Assert.Equal(12, await account.DepositAsync(7));
        await Eventually.Holds(() => _queue.Tries >= 3, "publishing is tried again");
        Assert.Empty(_queue.Published);
        _queue.IsAway = false;

        await HasAsync(5, 7);
    }

    [Fact]
    public async Task The_events_of_a_silo_that_was_killed_before_it_could_publish_are_published_by_another()
    {
        await using var cluster = await StartAsync(3);
        var account = cluster.Client.GetGrain<IAccountGrain>("killed");
        _queue.StopAnswering();
        await account.DepositAsync(5);
        await account.DepositAsync(7);
        await Eventually.Holds(() => _queue.Tries >= 1, "publishing has begun");

        await cluster.KillSiloAsync(SiloOf(cluster, account));
        _queue.Answer();

        // Nobody calls the grain: the mark alone brings it back.
        await Eventually.Holds(
            () =>
            {
                _reminders.Advance(UntilTheMarkIsLookedAt);
                return _queue.Published.Count >= 2;
            },
            "the mark is looked at");
        await HasAsync(5, 7);
        Assert.Equal(15, await account.DepositAsync(3));
        await HasAsync(5, 7, 3);
    }

    [Fact]
    public async Task A_grain_that_moves_publishes_everything_once()
    {
        await using var cluster = await StartAsync(2);
        var account = cluster.Client.GetGrain<IAccountGrain>("moved");
        for (var amount = 1; amount <= 10; amount++)
        {
            await account.DepositAsync(amount);
            if (amount % 3 == 0) await account.EndActivationAsync();
            if (amount == 5) await cluster.StopSiloAsync(SiloOf(cluster, account));
        }

        await HasAsync([.. Enumerable.Range(1, 10)]);
    }

    [Fact]
    public async Task A_full_outbox_refuses_writes_and_changes_nothing_until_the_queue_is_back()
    {
        await using var cluster = await StartAsync(1, static options => options.MaxPendingEvents = 3);
        var account = cluster.Client.GetGrain<IAccountGrain>("full");
        _queue.IsAway = true;
        for (var amount = 1; amount <= 3; amount++) await account.DepositAsync(amount);

        var full = await Assert.ThrowsAsync<OutboxFullException>(() => account.DepositAsync(4));

        Assert.Contains("/accounts/full has 3 events that are not published", full.Message, StringComparison.Ordinal);
        Assert.Equal(6, await account.GetBalanceAsync());
        _queue.IsAway = false;
        await HasAsync(1, 2, 3);
        Assert.Equal(11, await account.DepositAsync(5));
        await HasAsync(1, 2, 3, 5);
    }

    [Fact]
    public async Task An_event_that_is_too_large_is_refused_with_its_write()
    {
        await using var cluster = await StartAsync(1, static options => options.MaxEventBytes = 256);
        var account = cluster.Client.GetGrain<IAccountGrain>(new string('x', 300));

        await Assert.ThrowsAsync<ArgumentException>(() => account.DepositAsync(4));

        Assert.Equal(0, await account.GetBalanceAsync());
    }

    private async Task HasAsync(params int[] amounts)
    {
        await Eventually.Holds(() => _queue.Published.Count >= amounts.Length, $"{amounts.Length} events are published");
        Assert.Equal(amounts, _queue.Published.Select(happened => happened.Read<int>()));
        Assert.Equal(Enumerable.Range(1, amounts.Length).Select(number => (long?)number), _queue.Published.Select(happened => happened.Sequence));
    }

    private async Task<InProcessTestCluster> StartAsync(short silos, Action<OutboxOptions>? configure = null)
    {
        var builder = new InProcessTestClusterBuilder(silos);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.AddMemoryGrainStorage("accounts").UseInMemoryReminderService();
            silo.Services.AddKeyedSingleton<TimeProvider>(ReminderTimeProviderNames.Reminders, _reminders);
            silo.Services.AddSingleton<IEventTransport>(_queue);
            silo.Services.AddSingleton(TimeProvider.System);
            silo.Services.AddEventPublishing().PostConfigure<OutboxOptions>(options =>
            {
                options.RetryDelay = TimeSpan.FromMilliseconds(10);
                configure?.Invoke(options);
            });
        });
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return cluster;
    }

    private static InProcessSiloHandle SiloOf(InProcessTestCluster cluster, IAccountGrain account) =>
        cluster.Silos.Single(silo => cluster.TryGetGrainContext(account.GetGrainId(), out var context) && silo.SiloAddress.Equals(context.Address.SiloAddress));
}
