using OrleansShop.Strangler.Simulation.Checking;
using OrleansShop.Strangler.Simulation.Grains;
using OrleansShop.Strangler.Simulation.Monolith;
using OrleansShop.Strangler.Simulation.Scheduling;

namespace OrleansShop.Strangler.Simulation.Workload;

/// <summary>Reads and writes, one request after the other, through whichever gateway, or at the monolith itself, as its own jobs do. Each write has a value of its own.</summary>
internal sealed class Client(World world, string name)
{
    private const long Patience = 2000;

    public async Task RunAsync(long until)
    {
        while (world.Scheduler.Now < until)
        {
            await world.Scheduler.DelayAsync(world.Scheduler.Between(1, 60));
            await ActAsync();
        }
    }

    public async Task ReadAsync(Entity entity, bool fromMonolith)
    {
        var operation = world.History.Begin(OperationKind.Read, entity);
        await RunAsync(operation, fromMonolith ? AtMonolithAsync(entity, new GrainRequest.Read()) : world.AnyGateway().SendAsync(entity, new GrainRequest.Read()));
    }

    private async Task ActAsync()
    {
        var drawn = world.Scheduler.Random.Next(100);
        if (drawn < 12 || world.Known.Count == 0)
        {
            await CreateAsync();
            return;
        }

        // The newest are asked for most: so that some are busy, and few grow old unseen.
        var entity = world.Known[Math.Max(0, world.Known.Count - 1 - (int)Math.Min(world.Scheduler.Random.Next(world.Known.Count), world.Scheduler.Random.Next(12)))];
        var direct = world.Scheduler.Chance(0.15);
        if (drawn < 55)
        {
            await ReadAsync(entity, direct);
        }
        else if (drawn < 94)
        {
            var operation = world.History.Begin(OperationKind.Update, entity, world.NewValue(name));
            var update = new GrainRequest.Update(operation.Value!);
            await RunAsync(operation, direct ? AtMonolithAsync(entity, update) : world.AnyGateway().SendAsync(entity, update));
        }
        else
        {
            var operation = world.History.Begin(OperationKind.Delete, entity);
            var isCascade = world.Scheduler.Chance(0.5);
            var deletion = new GrainRequest.Delete(isCascade);
            await RunAsync(operation, direct ? AtMonolithAsync(entity, deletion) : isCascade ? world.CallGrainAsync(world.AnyGateway(), entity, deletion) : world.AnyGateway().SendAsync(entity, deletion));
        }
    }

    private async Task CreateAsync()
    {
        var parents = world.Known.Where(entity => entity.Kind == Entity.Parent).ToList();
        var isChild = parents.Count > 0 && world.Scheduler.Chance(0.6);
        var parent = isChild ? parents[^(1 + Math.Min(world.Scheduler.Random.Next(parents.Count), world.Scheduler.Random.Next(5)))].Number : (long?)null;
        var operation = world.History.Begin(OperationKind.Create, entity: null, world.NewValue(name), parent);
        await RunAsync(operation, world.AnyGateway().CreateAsync(isChild ? Entity.Child : Entity.Parent, new Content(operation.Value!, parent)));
    }

    private async Task<GrainAnswer> AtMonolithAsync(Entity entity, GrainRequest request)
    {
        await world.Scheduler.DelayAsync(world.Scheduler.Between(1, 10));
        try
        {
            return world.Monolith.IsRunning ? world.AnswerOfMonolith(entity, request) : new GrainAnswer(AnswerOutcome.Unknown);
        }
        catch (RefusedException)
        {
            // By a rule or by a fence: it has not happened.
            return new GrainAnswer(AnswerOutcome.Refused);
        }
    }

    /// <summary>Waits for the answer for as long as a client does, and notes what came of it.</summary>
    private async Task RunAsync(Operation operation, Task<GrainAnswer> request)
    {
        var patience = world.Scheduler.DelayAsync(Patience);
        await Task.WhenAny(request, patience);
        if (!request.IsCompleted)
        {
            world.Note($"{name} waits no longer: {operation}");
            return;
        }

        var answer = await request;
        world.History.End(operation, answer);
        world.Note($"{name}: {operation}");
        if (operation is { Kind: OperationKind.Create, Outcome: OperationOutcome.Done }) world.Known.Add(operation.Entity!.Value);
    }
}
