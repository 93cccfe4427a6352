using OrleansShop.Strangler.Ownership;
using OrleansShop.Strangler.Phases;
using OrleansShop.Strangler.Simulation.Grains;
using OrleansShop.Strangler.Simulation.Monolith;
using OrleansShop.Strangler.Simulation.Rollout;
using OrleansShop.Strangler.Simulation.Scheduling;

namespace OrleansShop.Strangler.Simulation.Gateways;

/// <summary>Routes by what it knows of the phase, which may be old, and repairs: has the entity placed, and sends the request to its owner.</summary>
internal sealed class Gateway(World world, string name) : Process(world, name)
{
    /// <summary>One is not enough for what an order moves back between the repair and the request that follows it.</summary>
    private const int MaxRepairs = 2;

    private Capability _known = world.Capability;

    public async Task FollowAsync(long until)
    {
        while (World.Scheduler.Now < until)
        {
            await World.Scheduler.DelayAsync(World.Scheduler.Between(100, 2500));
            _known = World.Capability;
        }
    }

    public async Task<GrainAnswer> SendAsync(Entity entity, GrainRequest request)
    {
        var answer = await SendToAsync(_known.WantedOwner(entity), entity, request);
        for (var repair = 1; repair <= MaxRepairs; repair++)
        {
            var mayRepeat = answer.Outcome == AnswerOutcome.Misdirected || (answer.Outcome == AnswerOutcome.Unknown && World.Rules.RepeatsUnknownRequests);
            if (!mayRepeat) return answer;

            var placed = await World.CallGrainAsync(this, entity, new GrainRequest.Place(CapabilityEpoch: null));
            if (placed.Outcome != AnswerOutcome.Done) return new GrainAnswer(AnswerOutcome.Unknown);
            World.Repaired();
            answer = await SendToAsync(placed.Owner, entity, request);
        }

        return answer;
    }

    /// <summary>A creation: by the share of the requests in Canary, else by phase. The service takes the id from the monolith's sequence, and looks for one of its share.</summary>
    public async Task<GrainAnswer> CreateAsync(string kind, Content content)
    {
        var status = _known.Status;
        var toGrains = status.Phase == CapabilityPhase.Canary ? World.Scheduler.Random.Next(100) < status.Percent : status.Phase == CapabilityPhase.Grains;
        if (!toGrains) return await AskMonolithAsync($"create {kind}", () => new GrainAnswer(AnswerOutcome.Done, Entity: World.Database.Create(kind, content)));

        try
        {
            for (var draws = 1; ; draws++)
            {
                var entity = new Entity(kind, await AskAsync($"a number for a {kind}", World.Bridge, () => World.Database.NextNumber(kind)));
                if (World.Capability.WantedOwner(entity) == EntityOwner.Grains || draws == 5) return await World.CallGrainAsync(this, entity, new GrainRequest.Create(content));
            }
        }
        catch (UnavailableException)
        {
            return new GrainAnswer(AnswerOutcome.Unknown);
        }
    }

    private Task<GrainAnswer> SendToAsync(EntityOwner side, Entity entity, GrainRequest request) =>
        side == EntityOwner.Grains ? World.CallGrainAsync(this, entity, request) : AskMonolithAsync($"{request} {entity}", () => World.AnswerOfMonolith(entity, request));

    private async Task<GrainAnswer> AskMonolithAsync(string what, Func<GrainAnswer> effect)
    {
        try
        {
            return await AskAsync($"monolith: {what}", World.Monolith, effect, mayRepeat: false);
        }
        catch (UnavailableException)
        {
            return new GrainAnswer(AnswerOutcome.Unknown);
        }
        catch (RefusedException refused)
        {
            return new GrainAnswer(refused.Reason == BridgeClient.BridgeRefusal.NotOwner ? AnswerOutcome.Misdirected : AnswerOutcome.Refused);
        }
    }
}
