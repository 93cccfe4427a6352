using OrleansShop.Strangler.Simulation.Grains;
using OrleansShop.Strangler.Simulation.Monolith;

namespace OrleansShop.Strangler.Simulation.Checking;

/// <summary>Everything that clients asked and were answered.</summary>
internal sealed class History
{
    private long _moment;

    public List<Operation> Operations { get; } = [];

    /// <summary>How many requests failed without a reason that is the client's.</summary>
    public int Errors { get; private set; }

    /// <summary>The last of them.</summary>
    public Operation? LastError { get; private set; }

    public Operation Begin(OperationKind kind, Entity? entity, string? value = null, long? parent = null)
    {
        var operation = new Operation { Kind = kind, Entity = entity, Value = value, Parent = parent, Begun = ++_moment };
        Operations.Add(operation);
        return operation;
    }

    public void End(Operation operation, GrainAnswer answer)
    {
        if (answer.Outcome is AnswerOutcome.Unknown or AnswerOutcome.Misdirected)
        {
            Errors++;
            LastError = operation;
            return;
        }

        operation.Ended = ++_moment;
        operation.Outcome = answer.Outcome switch
        {
            AnswerOutcome.Done => OperationOutcome.Done,
            AnswerOutcome.Absent => OperationOutcome.Absent,
            _ => OperationOutcome.Refused,
        };
        operation.Seen = answer.Content?.Value;
        operation.Entity ??= answer.Entity;
    }

    /// <summary>What cannot have happened, or null.</summary>
    public string? Check()
    {
        var created = Operations.Where(operation => operation is { Kind: OperationKind.Create, Outcome: OperationOutcome.Done }).ToList();
        foreach (var entity in Operations.Where(operation => operation.Entity is not null).GroupBy(operation => operation.Entity!.Value))
        {
            if (RegisterChecker.Check($"{entity.Key}", entity) is { } violation) return violation;
        }

        if (created.GroupBy(operation => operation.Entity).FirstOrDefault(group => group.Count() > 1) is { } twice) return $"{twice.Key} was created twice.";
        return CheckReferences(created);
    }

    /// <summary>A child may be refused only if its parent may be gone.</summary>
    private string? CheckReferences(List<Operation> created)
    {
        foreach (var refused in Operations.Where(operation => operation is { Kind: OperationKind.Create, Outcome: OperationOutcome.Refused, Parent: not null }))
        {
            var parent = new Entity(Entity.Parent, refused.Parent!.Value);
            var mayBeGone = Operations.Any(operation => operation.Entity == parent && operation.Kind == OperationKind.Delete && operation.Begun < refused.Ended && operation.Outcome != OperationOutcome.Refused);
            var isAcknowledged = created.Any(operation => operation.Entity == parent && operation.Ended < refused.Begun);
            if (isAcknowledged && !mayBeGone) return $"A child of {parent} was refused, though the parent was acknowledged and not deleted: {refused}";
        }

        return null;
    }
}
