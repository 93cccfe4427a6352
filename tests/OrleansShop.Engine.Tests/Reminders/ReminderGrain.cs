using System.Collections.Concurrent;

namespace OrleansShop.Engine.Tests.Reminders;

public interface IReminderGrain : IGrainWithIntegerKey
{
    Task Register(string name, TimeSpan due, TimeSpan period);

    Task RegisterTwiceAndRemoveTheFirst(string name);

    Task<bool> Unregister(string name);

    Task<List<string>> Names();

    Task<string> WhereAmI();

    Task Fail(bool fails);

    Task Block();

    [Orleans.Concurrency.AlwaysInterleave]
    Task Release();
}

/// <summary>A tick, as the test sees it.</summary>
public sealed record SeenTick(long Grain, string Name, TickStatus Status, string Silo);

/// <summary>The ticks of one cluster: grains come and go, and say here what they have seen.</summary>
public sealed class TickBook
{
    private readonly ConcurrentQueue<SeenTick> _ticks = new();

    public IReadOnlyList<SeenTick> All => [.. _ticks];

    public void Add(SeenTick tick) => _ticks.Enqueue(tick);

    public int Count(long grain, string name = "r") => _ticks.Count(tick => tick.Grain == grain && tick.Name == name);

    public SeenTick Last(long grain) => _ticks.Last(tick => tick.Grain == grain);
}

internal sealed class ReminderGrain(TickBook book, ILocalSiloDetails silo) : Grain, IReminderGrain, IRemindable
{
    private readonly TaskCompletionSource _release = new();
    private bool _isBlocked;
    private bool _fails;

    public Task Register(string name, TimeSpan due, TimeSpan period) => this.RegisterOrUpdateReminder(name, due, period);

    public async Task RegisterTwiceAndRemoveTheFirst(string name)
    {
        var first = await this.RegisterOrUpdateReminder(name, TimeSpan.FromHours(1), TimeSpan.FromHours(1));
        await this.RegisterOrUpdateReminder(name, TimeSpan.FromHours(2), TimeSpan.FromHours(1));
        await this.UnregisterReminder(first);
    }

    public async Task<bool> Unregister(string name)
    {
        if (await this.GetReminder(name) is not { } reminder)
            return false;
        await this.UnregisterReminder(reminder);

        // Twice is as good as once.
        await this.UnregisterReminder(reminder);
        return true;
    }

    public async Task<List<string>> Names() => [.. (await this.GetReminders()).Select(reminder => reminder.ReminderName).Order()];

    public Task<string> WhereAmI() => Task.FromResult(silo.Name);

    public Task Fail(bool fails)
    {
        _fails = fails;
        return Task.CompletedTask;
    }

    public Task Block()
    {
        _isBlocked = true;
        return Task.CompletedTask;
    }

    public Task Release()
    {
        _release.TrySetResult();
        return Task.CompletedTask;
    }

    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        book.Add(new(this.GetPrimaryKeyLong(), reminderName, status, silo.Name));
        if (_isBlocked)
            await _release.Task;
        if (_fails)
            throw new InvalidOperationException("The grain does not like reminders.");
    }
}
