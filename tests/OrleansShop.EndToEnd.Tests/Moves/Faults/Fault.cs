using OrleansShop.EndToEnd.Tests.Moves.Running;
using OrleansShop.Testing.DynamoDB;

namespace OrleansShop.EndToEnd.Tests.Moves.Faults;

/// <summary>Something that is done to the system while clients work.</summary>
/// <param name="Name">For the timeline.</param>
/// <param name="HappenAsync">Does it, and calls what it is given when it begins. False: there was no occasion.</param>
internal sealed record Fault(string Name, Func<CheckedClinic, Action, Task<bool>> HappenAsync)
{
    private static readonly TimeSpan Occasion = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(3);

    // A silo's lease lasts six seconds.
    private static readonly TimeSpan BeyondTheLease = TimeSpan.FromSeconds(9);

    /// <summary>Every step, before and after, with the death of whoever makes it and of whoever else takes part.</summary>
    public static IReadOnlyList<Fault> All { get; } =
    [
        .. from step in new[] { Step.Take, Step.StoreTaken, Step.StoreWritten, Step.Apply, Step.StoreReturning, Step.Return, Step.StoreReturned, Step.Announce }
           from moment in Enum.GetValues<Moment>()
           select Kill("silo", step, moment, static (_, silo) => silo),
        .. from step in new[] { Step.Take, Step.Apply, Step.Return, Step.Announce } from moment in Enum.GetValues<Moment>() select Kill("bridge", step, moment, static (clinic, _) => clinic.Bridge),
        .. from step in new[] { Step.Take, Step.Apply, Step.Return } select Kill("monolith", step, Moment.After, static (clinic, _) => clinic.Monolith),
        .. from step in new[] { Step.Take, Step.Return } select Kill("gateway", step, Moment.After, static (clinic, _) => clinic.Gateways[0]),
        Kill("silo", Step.Acknowledge, Moment.Before, static (_, silo) => silo),
        Kill("gateway", Step.Acknowledge, Moment.Before, static (clinic, _) => clinic.Gateways[1]),
        new("the database refuses", static async (clinic, begins) =>
        {
            begins();
            await clinic.Database.RefuseAsync(Outage);
            return true;
        }),
        new("DynamoDB refuses", static async (clinic, begins) =>
        {
            begins();
            foreach (var store in clinic.Stores)
            {
                foreach (var operation in new[] { "GetItem", "PutItem", "UpdateItem", "TransactWriteItems", "BatchWriteItem", "BatchGetItem", "Query", "DeleteItem" }) store.Throttle(operation);
            }

            await Task.Delay(Outage);
            foreach (var store in clinic.Stores) store.Heal();
            return true;
        }),
        new("a silo is frozen beyond its lease", static async (clinic, begins) =>
        {
            begins();
            await clinic.Silos[0].FreezeAsync();
            await Task.Delay(BeyondTheLease);
            await clinic.Silos[0].ContinueAsync();
            return true;
        }),
    ];

    /// <summary>Kills a process at a step.</summary>
    private static Fault Kill(string who, Step step, Moment moment, Func<CheckedClinic, Part, Part> victimOf) =>
        new($"{who} killed {(moment == Moment.Before ? "before" : "after")} step {(step == Step.Announce ? "announce" : $"{(int)step}")}", async (clinic, begins) =>
        {
            var trap = new Trap(step, moment, maker =>
            {
                begins();
                return victimOf(clinic, maker);
            });
            clinic.Steps.Set(trap);
            try
            {
                await trap.Sprung.WaitAsync(Occasion);
                return true;
            }
            catch (TimeoutException)
            {
                if (trap.Disarm()) return false;
                await trap.Sprung;
                return true;
            }
            finally
            {
                clinic.Steps.Set(null);
            }
        });
}
