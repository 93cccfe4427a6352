using OrleansShop.Engine.Sqs.Receiving;
using OrleansShop.Engine.Sqs.Streams.Queues;

namespace OrleansShop.Engine.Sqs.Streams.Receiving;

/// <summary>What one agent has of its queue, and what it remembers to have delivered. Thread-safe.</summary>
/// <param name="remembered">How many delivered messages are remembered.</param>
internal sealed class HeldMessages(int remembered)
{
    // Guards the fields below, and the messages.
    private readonly Lock _gate = new();
    private readonly Dictionary<string, HeldMessage> _byId = [];
    private readonly Dictionary<string, HeldMessage> _byEvent = [];

    // A message, and its event.
    private readonly RecentKeys _done = new(remembered > int.MaxValue / 2 ? int.MaxValue : remembered * 2);
    private long _bytes;
    private long _received;

    /// <summary>The bytes of what is not delivered.</summary>
    public long Bytes
    {
        get
        {
            lock (_gate)
                return _bytes;
        }
    }

    /// <summary>Takes in a message that was received.</summary>
    public Admission Admit(SqsMessage message, StreamQueue queue, DateTimeOffset now, out HeldMessage held)
    {
        lock (_gate)
        {
            if (_byId.TryGetValue(message.Id, out held!))
            {
                held.Receive(message.ReceiptHandle, now);
                return held.IsDelivered ? Admission.Done : Admission.Waiting;
            }

            held = new HeldMessage(message, queue, ++_received);
            held.Receive(message.ReceiptHandle, now);
            _byId.Add(message.Id, held);
            _bytes += held.Bytes;
            if (_done.Contains(message.Id) || (held.EventKey is { } key && (_done.Contains(key) || !_byEvent.TryAdd(key, held))))
            {
                // A second copy of an event may go at once: the first stays in the queue until it is delivered.
                Finish(held);
                return Admission.Done;
            }

            return Admission.New;
        }
    }

    /// <summary>A message has more bytes than it came with.</summary>
    public void Grow(HeldMessage held, int bytes)
    {
        lock (_gate)
        {
            held.Bytes += bytes;
            _bytes += bytes;
        }
    }

    /// <summary>Nobody needs a message any more.</summary>
    public void MarkDelivered(HeldMessage held)
    {
        lock (_gate)
        {
            if (held.IsDelivered) return;
            Finish(held);
            _done.Add(held.Message.Id);
            if (held.EventKey is { } key) _done.Add(key);
        }
    }

    /// <summary>It is deleted, or will be received again.</summary>
    public void Forget(HeldMessage held)
    {
        lock (_gate)
        {
            // It may have been given back and received again meanwhile.
            if (!_byId.TryGetValue(held.Message.Id, out var known) || known != held) return;
            _byId.Remove(held.Message.Id);
            if (!held.IsDelivered) Finish(held);
        }
    }

    /// <summary>What is not delivered and has half of its time behind it, with what SQS knows each by.</summary>
    public List<(HeldMessage Held, string ReceiptHandle, DateTimeOffset ReceivedAt)> Due(DateTimeOffset now)
    {
        lock (_gate)
            return [.. _byId.Values.Where(held => !held.IsDelivered && held.ExtendAt <= now).Select(static held => (held, held.ReceiptHandle, held.ReceivedAt))];
    }

    /// <summary>The time of a message was extended, if it has not been received again meanwhile.</summary>
    public void Extend(HeldMessage held, string receiptHandle, DateTimeOffset until)
    {
        lock (_gate)
        {
            if (held.ReceiptHandle == receiptHandle) held.ExtendAt = until;
        }
    }

    /// <summary>What the message is deleted with now.</summary>
    public string HandleOf(HeldMessage held)
    {
        lock (_gate)
            return held.ReceiptHandle;
    }

    /// <summary>What is not delivered.</summary>
    public List<HeldMessage> Undelivered()
    {
        lock (_gate)
            return [.. _byId.Values.Where(static held => !held.IsDelivered)];
    }

    /// <summary>Forgets what is not delivered, and returns it in the order in which it was received: whoever asks first gives it back, and nobody else.</summary>
    public List<HeldMessage> TakeUndelivered()
    {
        lock (_gate)
        {
            List<HeldMessage> undelivered = [.. _byId.Values.Where(static held => !held.IsDelivered).OrderBy(static held => held.Order)];
            foreach (var held in undelivered)
            {
                _byId.Remove(held.Message.Id);
                Finish(held);
            }

            return undelivered;
        }
    }

    private void Finish(HeldMessage held)
    {
        held.IsDelivered = true;
        _bytes -= held.Bytes;
        if (held.EventKey is { } key && _byEvent.TryGetValue(key, out var holder) && holder == held) _byEvent.Remove(key);
    }
}
