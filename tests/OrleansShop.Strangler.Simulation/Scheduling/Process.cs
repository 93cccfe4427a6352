using System.Runtime.CompilerServices;
using OrleansShop.Strangler.Simulation.Tracing;

namespace OrleansShop.Strangler.Simulation.Scheduling;

/// <summary>
/// Something that sends messages, and that can be lost, or frozen for longer than its lease. A frozen process runs nothing. When it thaws, others have taken over what it did: as the engine's lease allows, what was about to run
/// goes on to its next wait, so that one more message goes out of each thing that it was doing; it hears no answer any more, and gives none.
/// </summary>
internal class Process(World world, string name)
{
    /// <summary>How long a sender waits for an answer, in milliseconds.</summary>
    public const long Patience = 200;

    private readonly List<Action> _held = [];
    private State _state = State.Running;

    private enum State
    {
        Running,
        Frozen,
        Overtaken,
        Lost,
    }

    public string Name { get; } = name;

    public bool IsRunning => _state == State.Running;

    public World World { get; } = world;

    /// <summary>It is gone, with everything that it knew. What it has sent is on its way.</summary>
    public void Lose()
    {
        if (_state == State.Lost) return;
        World.Note($"{Name} is lost");
        _state = State.Lost;
        _held.Clear();
    }

    /// <summary>It stands still for a while that is longer than its lease.</summary>
    public void Freeze(long duration)
    {
        if (_state != State.Running) return;
        World.Note($"{Name} is frozen for {duration}");
        _state = State.Frozen;
        World.Scheduler.After(duration, Thaw);
    }

    /// <summary>Asks something that takes effect as a whole, when the message arrives.</summary>
    /// <param name="question">For the trace.</param>
    /// <param name="server">Who has to be running to answer; null for what always runs.</param>
    /// <param name="effect">What happens at the other side; a <see cref="RefusedException"/> is an answer.</param>
    /// <param name="mayRepeat">Whether the message may arrive twice.</param>
    public Task<T> AskAsync<T>([InterpolatedStringHandlerArgument("")] TraceText question, Process? server, Func<T> effect, bool mayRepeat = true)
    {
        var what = question.ToString();
        var done = new TaskCompletionSource<T>();
        WhenAwake(() =>
        {
            var scheduler = World.Scheduler;
            var fate = World.Faults.Draw(scheduler);
            if (fate == Fate.Repeated && !mayRepeat) fate = Fate.Delivered;
            if (fate != Fate.Delivered) World.Note($"{Name}: {what}: {fate}");
            if (fate is Fate.Lost or Fate.AnswerLost or Fate.Late) scheduler.After(Patience, () => Hear(() => done.SetException(new UnavailableException(what))));
            if (fate == Fate.Lost) return;
            if (fate is Fate.Repeated) scheduler.After(scheduler.Between(Patience, World.Faults.MaxLateness), () => Execute(what, server, effect, done: null));
            scheduler.After(fate == Fate.Late ? scheduler.Between(Patience, World.Faults.MaxLateness) : scheduler.Between(1, 10), () => Execute(what, server, effect, fate is Fate.Delivered or Fate.Repeated ? done : null));
        });
        return done.Task;
    }

    /// <summary>Runs what an answer leads to, if this process still hears it.</summary>
    public void Hear(Action action)
    {
        if (_state == State.Running) action();
        else if (_state == State.Frozen) _held.Add(action);
    }

    private void Execute<T>(string what, Process? server, Func<T> effect, TaskCompletionSource<T>? done)
    {
        Action answer;
        if (server is { IsRunning: false })
        {
            World.Note($"{Name}: {what}: {server.Name} does not run");
            answer = () => done?.SetException(new UnavailableException(what));
        }
        else
        {
            try
            {
                var result = effect();
                World.Note($"{Name}: {what} → {result}");
                answer = () => done?.SetResult(result);
            }
            catch (Exception failure) when (failure is RefusedException or UnavailableException)
            {
                World.Note($"{Name}: {what} → {failure.Message}");
                answer = () => done?.SetException(failure);
            }
        }

        if (done is not null) World.Scheduler.After(World.Scheduler.Between(1, 10), () => Hear(answer));
    }

    private void WhenAwake(Action send)
    {
        if (_state is State.Running or State.Overtaken) send();
        else if (_state == State.Frozen) _held.Add(send);
    }

    private void Thaw()
    {
        if (_state != State.Frozen) return;
        World.Note($"{Name} thaws");
        _state = State.Overtaken;
        var held = _held.ToArray();
        _held.Clear();
        foreach (var action in held) action();
        _state = State.Lost;
    }
}
