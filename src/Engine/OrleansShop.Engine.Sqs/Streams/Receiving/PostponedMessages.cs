namespace OrleansShop.Engine.Sqs.Streams.Receiving;

/// <summary>Messages that cannot be taken for the moment, each with those that wait behind it: those of its group on FIFO queues, all on others. Thread-safe.</summary>
/// <remarks>
/// They stay with the agent. If they were given back, each try would be a receive, and SQS would move them to the dead letters in the end.
/// </remarks>
internal sealed class PostponedMessages
{
    // Guards the fields below, and the queues.
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Queue<HeldMessage>> _byGroup = [];
    private int _count;

    /// <summary>How many there are.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>False if nothing of the group is postponed.</summary>
    public bool TryWaitBehind(string group, HeldMessage held)
    {
        lock (_gate)
        {
            if (!_byGroup.TryGetValue(group, out var chain)) return false;
            chain.Enqueue(held);
            _count++;
            return true;
        }
    }

    /// <summary>Postpones a message that could not be taken.</summary>
    /// <returns>It, and what will wait behind it: the caller sees to its next try. Null if it waits behind others.</returns>
    public Queue<HeldMessage>? Add(string group, HeldMessage held)
    {
        lock (_gate)
        {
            if (TryWaitBehind(group, held)) return null;
            var chain = new Queue<HeldMessage>([held]);
            _byGroup.Add(group, chain);
            _count++;
            return chain;
        }
    }

    /// <summary>The first could not be taken; where no order is kept, the next has its turn.</summary>
    public void Rotate(Queue<HeldMessage> chain)
    {
        lock (_gate)
            chain.Enqueue(chain.Dequeue());
    }

    /// <summary>What is to be tried next.</summary>
    public HeldMessage First(Queue<HeldMessage> chain)
    {
        lock (_gate)
            return chain.Peek();
    }

    /// <summary>The first was taken. False if nothing was behind it: the group is free.</summary>
    public bool TryGoOn(Queue<HeldMessage> chain, string group)
    {
        lock (_gate)
        {
            chain.Dequeue();
            _count--;
            if (chain.Count > 0) return true;
            _byGroup.Remove(group);
            return false;
        }
    }
}
