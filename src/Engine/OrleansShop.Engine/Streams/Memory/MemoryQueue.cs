using Orleans.Runtime;

namespace OrleansShop.Engine.Streams.Memory;

/// <summary>
/// A queue in the memory of the process. What is given out stays in it until it is acknowledged, and is given out again to the next reader.
/// </summary>
internal sealed class MemoryQueue(string name, TimeProvider time)
{
    // Guards all fields below.
    private readonly Lock _gate = new();
    private readonly Dictionary<long, MemoryMessage> _all = [];
    private Queue<MemoryMessage> _ready = new();
    private long _next;
    private long _bytes;
    private long _reader;
    private TaskCompletionSource _arrival = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>How many messages are not acknowledged.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _all.Count;
        }
    }

    /// <summary>Adds a message.</summary>
    /// <exception cref="LimitExceededException">The queue is full.</exception>
    public void Add(StreamId stream, byte[] payload, bool isSignal, Guid? onlyFor, MemoryQueueLimits limits)
    {
        var now = time.GetUtcNow();
        lock (_gate)
        {
            if (_all.Count >= limits.MaxMessages || _bytes + payload.Length > limits.MaxBytes)
            {
                throw new LimitExceededException(
                    $"The queue {name} of streams in memory holds {_all.Count} messages of {_bytes} bytes that are not delivered; a message of {payload.Length} bytes for {stream} would be more than "
                    + $"MemoryStreamQueueOptions allows (MaxMessages {limits.MaxMessages}, MaxBytes {limits.MaxBytes}). It was not accepted. Publish slower, or find out which subscriber is slow.");
            }

            // Beginning with the time, so that numbers go on growing when a queue begins anew.
            _next = Math.Max(_next + 1, _all.Count == 0 && _next == 0 ? now.UtcTicks : 0);
            Put(new MemoryMessage(_next, stream, payload, isSignal, now, onlyFor));
        }
    }

    /// <summary>Begins to read: everything that is not acknowledged is given out from the start. Ends the reading of others.</summary>
    /// <returns>The reader's number.</returns>
    public long Open()
    {
        lock (_gate)
        {
            _ready = new Queue<MemoryMessage>(_all.Values.OrderBy(static message => message.Sequence));
            Arrive();
            return ++_reader;
        }
    }

    /// <summary>Gives out messages; an empty list if there are none, or if another reader has come.</summary>
    public List<MemoryMessage> Take(long reader, int maxCount)
    {
        var taken = new List<MemoryMessage>();
        lock (_gate)
        {
            while (reader == _reader && taken.Count < maxCount && _ready.TryDequeue(out var message))
            {
                if (!message.IsDone)
                    taken.Add(message);
            }
        }

        return taken;
    }

    /// <summary>Completes when there may be something to give out.</summary>
    public Task Arrival
    {
        get
        {
            lock (_gate)
            {
                if (_ready.Count != 0)
                    return Task.CompletedTask;
                if (_arrival.Task.IsCompleted)
                    _arrival = new(TaskCreationOptions.RunContinuationsAsynchronously);
                return _arrival.Task;
            }
        }
    }

    /// <summary>Drops messages: they are delivered. True of whichever reader says so.</summary>
    public void Acknowledge(IEnumerable<long> sequences)
    {
        lock (_gate)
        {
            foreach (var sequence in sequences)
            {
                if (!_all.Remove(sequence, out var message))
                    continue;
                message.IsDone = true;
                _bytes -= message.Payload.Length;
            }
        }
    }

    /// <summary>How many messages wait, how many are given out, and when the oldest of both came; null if there is none.</summary>
    public (int Waiting, int GivenOut, DateTimeOffset? Oldest) Stand()
    {
        lock (_gate)
        {
            var waiting = 0;
            foreach (var message in _ready)
                waiting += message.IsDone ? 0 : 1;
            DateTimeOffset? oldest = null;
            foreach (var message in _all.Values)
                oldest = message.AddedAt < oldest ? message.AddedAt : oldest ?? message.AddedAt;
            return (waiting, _all.Count - waiting, oldest);
        }
    }

    /// <summary>Everything that is not acknowledged, and the last number given; the queue is empty then and its reader ended.</summary>
    public (List<MemoryMessage> Messages, long Last) Empty()
    {
        lock (_gate)
        {
            var messages = _all.Values.OrderBy(static message => message.Sequence).ToList();
            _all.Clear();
            _ready.Clear();
            _bytes = 0;
            _reader++;
            return (messages, _next);
        }
    }

    /// <summary>Puts what another process had in its queue before everything that comes from now on.</summary>
    public void TakeOver(IEnumerable<MemoryMessage> messages, long last)
    {
        lock (_gate)
        {
            foreach (var message in messages.Where(message => !_all.ContainsKey(message.Sequence)))
                Put(message with { IsDone = false });
            _next = Math.Max(_next, last);
        }
    }

    private void Put(MemoryMessage message)
    {
        _all.Add(message.Sequence, message);
        _bytes += message.Payload.Length;
        _ready.Enqueue(message);
        Arrive();
    }

    private void Arrive() => _arrival.TrySetResult();
}

/// <summary>How much a queue takes.</summary>
/// <param name="MaxMessages">The most messages that are not delivered.</param>
/// <param name="MaxBytes">The most bytes in them.</param>
internal readonly record struct MemoryQueueLimits(int MaxMessages, long MaxBytes);
