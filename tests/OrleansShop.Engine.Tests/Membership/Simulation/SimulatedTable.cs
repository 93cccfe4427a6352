using OrleansShop.Engine.Membership;

namespace OrleansShop.Engine.Tests.Membership.Simulation;

/// <summary>The membership table of a simulation, behind a network that delays, loses and repeats.</summary>
internal sealed class SimulatedTable(LeaseSimulation world)
{
    public MembershipView Content { get; set; } = MembershipView.Empty;

    public bool IsAway { get; set; }

    public void Read(SimulatedMember silo, Action<MembershipView> answered, Action failed) => Ask(silo, () => Content, answered, failed, isRepeatable: false);

    public void Write(SimulatedMember silo, TableWrite write, Action<bool> answered, Action failed) => Ask(silo, () => TryWrite(write), answered, failed, isRepeatable: true);

    public void Renew(SimulatedMember silo, Renewal renewal, Action<RenewedRow?> answered, Action failed) => Ask(
        silo,
        () =>
        {
            Content = TableContent.Renew(Content, renewal) ?? Content;
            return TableContent.Of(Content, renewal.Silo);
        },
        answered,
        failed,
        isRepeatable: true);

    private bool TryWrite(TableWrite write)
    {
        if (!TableContent.Allows(Content, write))
            return false;
        world.Note($"view {write.ExpectedVersion + 1}: {write.Row.Silo} {write.Row.Status}");
        Content = TableContent.Put(Content, write.Row);
        return true;
    }

    // There and back; on each way a request can be slow or get lost, and the client library may send it twice.
    private void Ask<T>(SimulatedMember silo, Func<T> apply, Action<T> answered, Action failed, bool isRepeatable)
    {
        var isLost = world.Random.Next(50) == 0;
        var isAnswerLost = world.Random.Next(50) == 0;
        var isDone = false;
        world.After(Delay(), () =>
        {
            if (isLost || IsAway)
            {
                world.After(world.Random.NextDouble() * 2, () => Answer(failed));
                return;
            }

            var result = apply();
            if (isAnswerLost)
                world.After(world.Random.NextDouble() * 6, () => Answer(failed));
            else
                world.After(Delay(), () => Answer(() => answered(result)));
            if (isRepeatable && world.Random.Next(20) == 0)
                world.After(world.Random.NextDouble() * 10, () => _ = IsAway ? result : apply());
        });

        void Answer(Action what)
        {
            if (isDone)
                return;
            isDone = true;
            silo.Do(what);
        }
    }

    private double Delay() => world.Random.Next(30) == 0 ? world.Random.NextDouble() * 8 : 0.002 + (world.Random.NextDouble() * 0.03);
}
