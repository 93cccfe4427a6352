using OrleansShop.Engine.Reminders.Memory;
using OrleansShop.Testing.Reminders;
using Xunit;

namespace OrleansShop.Engine.Tests.Reminders;

public sealed class MemoryReminderTableTests : ReminderTickLogTests
{
    private readonly string _cluster = Guid.NewGuid().ToString();

    [Fact]
    public void Silos_of_one_cluster_share_a_table()
    {
        Assert.Same(MemoryReminderTable.Of("service", _cluster), MemoryReminderTable.Of("service", _cluster));
        Assert.NotSame(MemoryReminderTable.Of("service", _cluster), MemoryReminderTable.Of("service", _cluster + "2"));
    }

    public override ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return default;
    }

    protected override ValueTask<IReminderTable> OpenAsync(string serviceId) => new(MemoryReminderTable.Of(serviceId, _cluster));
}
