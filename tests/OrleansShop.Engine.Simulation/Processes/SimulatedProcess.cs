using System.Net;
using OrleansShop.Engine.Simulation.Time;

namespace OrleansShop.Engine.Simulation.Processes;

/// <summary>
/// A process: what reaches it, and what leaves it. Frozen, it does neither, though its clock goes on; when it thaws, all that has arrived meanwhile is handled in any order, but
/// for the order within a connection.
/// </summary>
internal sealed class SimulatedProcess
{
    private static readonly TimeSpan s_wakingUp = TimeSpan.FromMilliseconds(3);

    private readonly VirtualTime _time;
    private readonly List<Action> _arrived = [];
    private readonly List<Action> _leaving = [];

    public SimulatedProcess(string name, IPAddress address, VirtualTime time, Random random, double rate)
    {
        Name = name;
        Address = address;
        Random = random;
        Clock = new ProcessClock(time, this, rate, TimeSpan.FromSeconds(random.Next(1_000_000)));
        _time = time;
    }

    public string Name { get; }

    public IPAddress Address { get; }

    /// <summary>Decides what happens to this process alone, so that nothing elsewhere changes it.</summary>
    public Random Random { get; }

    public ProcessClock Clock { get; }

    public bool IsDead { get; private set; }

    public bool IsFrozen { get; private set; }

    public bool IsRunning => !IsDead && !IsFrozen;

    /// <summary>Told when it dies.</summary>
    public event Action? Died;

    /// <summary>Something arrives: a timer, a frame, an answer.</summary>
    public void Receive(Action action)
    {
        if (IsDead)
            return;
        if (IsFrozen)
            _arrived.Add(action);
        else
            action();
    }

    /// <summary>Something leaves: a frame, a question to the table or to storage.</summary>
    public void Emit(Action action)
    {
        if (IsDead)
            return;
        if (IsFrozen)
            _leaving.Add(action);
        else
            action();
    }

    public void Freeze() => IsFrozen = true;

    public void Thaw()
    {
        if (IsDead || !IsFrozen)
            return;
        IsFrozen = false;
        var arrived = _arrived.ToArray();
        _arrived.Clear();
        Random.Shuffle(arrived);
        foreach (var action in arrived)
            _time.After(s_wakingUp * Random.NextDouble(), () => Receive(action));
        foreach (var action in _leaving.ToArray())
            action();
        _leaving.Clear();
    }

    /// <summary>Ends it, at once and without a word.</summary>
    public void Die()
    {
        if (IsDead)
            return;
        IsDead = true;
        _arrived.Clear();
        _leaving.Clear();
        Died?.Invoke();
    }

    public override string ToString() => Name;
}
