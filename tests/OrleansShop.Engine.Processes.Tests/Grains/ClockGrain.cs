using System.Globalization;

namespace OrleansShop.Engine.Processes.Tests.Grains;

/// <summary>Has a reminder, and writes down each tick.</summary>
public interface IClockGrain : IPlacedGrain
{
    Task Start(TimeSpan period);
}

internal sealed class ClockGrain(Ledger ledger) : Grain, IClockGrain, IRemindable
{
    public Task<int> ProcessId() => Task.FromResult(Environment.ProcessId);

    public Task Start(TimeSpan period) => this.RegisterOrUpdateReminder("tick", period, period);

    // The number of the tick in the reminder's schedule, from 0.
    public Task ReceiveReminder(string reminderName, TickStatus status)
    {
        var number = (int)((status.CurrentTickTime - status.FirstTickTime) / status.Period);
        ledger.Write(this.GetPrimaryKeyString(), number.ToString(CultureInfo.InvariantCulture));
        return Task.CompletedTask;
    }
}
