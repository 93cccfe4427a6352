using Microsoft.Extensions.Logging;
using Orleans.Streams;
using OrleansShop.Engine.Sqs.Calling;
using OrleansShop.Engine.Sqs.Receiving;
using OrleansShop.Engine.Sqs.Streams.Adapting;
using OrleansShop.Engine.Sqs.Streams.DeadLetters;
using OrleansShop.Engine.Sqs.Streams.LargePayloads;
using OrleansShop.Engine.Sqs.Streams.Publishing;
using OrleansShop.Engine.Sqs.Streams.Queues;
using OrleansShop.Engine.Streams.Monitoring;
using OrleansShop.Engine.Streams.Pulling;

namespace OrleansShop.Engine.Sqs.Streams.Receiving;

/// <summary>
/// Takes messages out of one queue of SQS: receives as much as the agent has room for, keeps it hidden from others while it is here, deletes what is delivered, and gives back what is not.
/// </summary>
/// <remarks>
/// What calls SQS runs on the pool and not in turns of the agent, so that a busy agent does not let messages run out of time. A message that SQS gives out again while it is here only gets its new
/// receipt; one that was delivered here is deleted again.
/// </remarks>
internal sealed partial class SqsReceiver : IQueueAdapterReceiver, IQueueStatistics, IDisposable
{
    /// <summary>What one receive gives at most.</summary>
    private const int LargestReceive = 10;

    private const int MaxDeleteTries = 5;

    /// <summary>What cannot be taken is tried again every 5 s in the end: once in a minute the log says so.</summary>
    private const int TriesBetweenReports = 12;

    /// <summary>How long a call of the agent waits for messages.</summary>
    private static readonly TimeSpan s_longestWait = TimeSpan.FromSeconds(20);

    /// <summary>How long a receive waits for a first message, if nothing else is said. A silo that stops waits for it; an idle queue costs a receive in each of it.</summary>
    private static readonly TimeSpan s_usualWait = TimeSpan.FromSeconds(5);

    private readonly SqsStreams _streams;
    private readonly QueueId _queueId;
    private readonly ILogger _logger;
    private readonly HeldMessages _held;
    private readonly GatheredCalls<HeldMessage, SqsException?> _deletes;
    private readonly VisibilityKeeper _visibility;
    private readonly PostponedMessages _postponed = new();
    private readonly CancellationTokenSource _stopping;
    private readonly CancellationToken _stopped;

    // Guards the fields below.
    private readonly Lock _gate = new();
    private readonly Queue<HeldMessage> _ready = new();
    private readonly HashSet<Task> _underWay = [];
    private readonly HashSet<Task> _receiving = [];
    private TaskCompletionSource _arrival = NewSignal();
    private int _room;
    private int _receives;
    private int _wantedReceives = 1;
    private int _failures;
    private long _sequence;

    public SqsReceiver(SqsStreams streams, QueueId queueId)
    {
        _streams = streams;
        _queueId = queueId;
        _logger = streams.Loggers.CreateLogger<SqsReceiver>();
        _held = new HeldMessages(streams.Options.RememberedMessages);
        _deletes = new GatheredCalls<HeldMessage, SqsException?>("deletions", long.MaxValue, streams.Options.MaxSends, int.MaxValue, DeleteAsync);
        _visibility = new VisibilityKeeper(streams, _held, QueueName);
        _stopping = CancellationTokenSource.CreateLinkedTokenSource(streams.Closed);
        _stopped = _stopping.Token;

        // Beginning with the time: the next agent's numbers are greater.
        _sequence = streams.Time.GetUtcNow().UtcTicks;
    }

    private string QueueName => _streams.Queues.NameOf(_queueId);

    public async Task Initialize(TimeSpan timeout)
    {
        var queue = await _streams.Queues.Of(_queueId).WaitAsync(timeout, _streams.Time);
        Track(Task.Run(() => _visibility.KeepHidden(queue.Visibility, _stopped), CancellationToken.None));
    }

    public Task<IList<IBatchContainer>> GetQueueMessagesAsync(int maxCount) => GetQueueMessagesAsync(maxCount, CancellationToken.None);

    /// <summary>What has come, or the first that comes within 20 s. Further receives go on while the agent is busy with it, as long as it has room.</summary>
    public async Task<IList<IBatchContainer>> GetQueueMessagesAsync(int maxCount, CancellationToken cancellationToken)
    {
        Task arrival;
        lock (_gate)
        {
            _room = maxCount;
            arrival = _ready.Count > 0 ? Task.CompletedTask : _arrival.Task;
        }

        Receive();
        if (!arrival.IsCompleted)
            await arrival.WaitAsync(s_longestWait, _streams.Time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        cancellationToken.ThrowIfCancellationRequested();
        var taken = new List<IBatchContainer>();
        lock (_gate)
        {
            while (taken.Count < maxCount && _ready.TryDequeue(out var held)) taken.Add(held.Batch!);
            _room = maxCount - taken.Count;
            if (_ready.Count == 0 && _arrival.Task.IsCompleted) _arrival = NewSignal();
        }

        Receive();
        return taken;
    }

    public Task MessagesDeliveredAsync(IList<IBatchContainer> messages)
    {
        ArgumentNullException.ThrowIfNull(messages);
        foreach (var message in messages)
        {
            if (_streams.HandedOut.Find(message) is not { } held) continue;
            _held.MarkDelivered(held);
            Track(Finish(held));
        }

        Receive();
        return Task.CompletedTask;
    }

    /// <summary>Begins no receive any more, waits for deletions, and gives back what was not delivered, so that the next agent has it at once.</summary>
    /// <remarks>
    /// A receive under way is neither waited for nor cut off: it ends by itself, and gives back what it gets. On a FIFO queue the next agent gets nothing of those groups before that, so order holds.
    /// </remarks>
    public async Task Shutdown(TimeSpan timeout)
    {
        await _stopping.CancelAsync();
        foreach (var receive in Snapshot(_receiving)) _streams.LastCalls.Add(receive);
        await Task.WhenAll(Snapshot(_underWay)).WaitAsync(timeout / 2, _streams.Time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var givingBack = Task.Run(GiveBackAll, CancellationToken.None);
        _streams.LastCalls.Add(givingBack);
        await givingBack.WaitAsync(timeout / 4, _streams.Time).ConfigureAwait(false);
        Dispose();
    }

    public void Dispose() => _stopping.Dispose();

    /// <summary>As SQS counts, which is roughly. It does not tell the age of what waits; this is that of the oldest that is here.</summary>
    public async ValueTask<QueueStatistics> ReadAsync(CancellationToken cancellationToken)
    {
        var queue = await _streams.Queues.Of(_queueId).ConfigureAwait(false);
        var waiting = await _streams.Client.GetQueueAttributesAsync(queue.Url, cancellationToken).ConfigureAwait(false);
        var dead = await _streams.Client.GetQueueAttributesAsync(queue.DeadLetterUrl, cancellationToken).ConfigureAwait(false);
        var oldest = _held.Undelivered().Select(static held => (DateTimeOffset?)held.Message.SystemAttributes.SentAt).Min();
        var age = oldest is { } sentAt ? _streams.Time.GetUtcNow() - sentAt : waiting.Waiting + waiting.Delayed == 0 ? TimeSpan.Zero : (TimeSpan?)null;
        return new QueueStatistics(waiting.Waiting + waiting.Delayed, waiting.InFlight, age < TimeSpan.Zero ? TimeSpan.Zero : age, dead.Waiting + dead.InFlight);
    }

    // As many receives as there is room for: one for a queue that has little, more for one that gives full answers.
    private void Receive()
    {
        if (_stopped.IsCancellationRequested) return;
        lock (_gate)
        {
            while (!_stopped.IsCancellationRequested && _receives < _wantedReceives && _held.Bytes < _streams.Options.MaxHeldBytes)
            {
                var room = _room - _ready.Count - _postponed.Count - (_receives * LargestReceive);
                if (room <= 0) return;
                _receives++;
                Track(Task.Run(() => ReceiveOnce(Math.Min(room, LargestReceive)), CancellationToken.None), _receiving);
            }
        }
    }

    private async Task ReceiveOnce(int most)
    {
        try
        {
            var queue = await _streams.Queues.Of(_queueId).ConfigureAwait(false);
            var messages = await _streams.Client.ReceiveAsync(queue.Url, new SqsReceive { MaxMessages = most, Wait = Wait, Visibility = queue.Visibility, Ending = _stopped }, _streams.Closed).ConfigureAwait(false);
            lock (_gate)
            {
                _failures = 0;
                _wantedReceives = queue.IsFifo || messages.Count == 0 ? 1 : messages.Count == LargestReceive ? Math.Min(_wantedReceives + 1, _streams.Options.MaxReceives) : _wantedReceives;
            }

            await Take(messages, queue).ConfigureAwait(false);
            if (_stopped.IsCancellationRequested) await GiveBackAll().ConfigureAwait(false);
            else if (messages.Count == 0 && Wait == TimeSpan.Zero) await Task.Delay(_streams.RestAfterNothing, _streams.Time, _stopped).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        catch (OperationCanceledException) when (_stopped.IsCancellationRequested)
        {
            // It was not begun, or not begun again; or the process has no time left.
        }
        catch (Exception failure) when (_stopped.IsCancellationRequested && (failure is SqsException || _streams.Closed.IsCancellationRequested))
        {
            LogLastReceiveFailed(failure, QueueName, _streams.Name);
        }
#pragma warning disable CA1031 // Whatever the queue's trouble: it is tried again.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            if (failure is SqsException { Failure: SqsFailure.QueueMissing }) _streams.Queues.Forget(_queueId);
            LogReceiveFailed(failure, QueueName, _streams.Name);
            int failures;
            lock (_gate)
                failures = ++_failures;
            await Rest(failures).ConfigureAwait(false);
        }
        finally
        {
            lock (_gate)
                _receives--;
            Receive();
        }
    }

    private TimeSpan Wait => _streams.Sqs.ReceiveWaitTimeSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : s_usualWait;

    // In order. Behind a message of a group that cannot be taken now, the others of its group wait.
    private async Task Take(IReadOnlyList<SqsMessage> messages, StreamQueue queue)
    {
        var now = _streams.Time.GetUtcNow();
        var admitted = messages.Select(message => (Admission: _held.Admit(message, queue, now, out var held), Held: held)).ToList();
        foreach (var (admission, held) in admitted)
        {
            if (admission == Admission.Waiting)
            {
                LogCameAgain(held.Message.Id, QueueName, _streams.Name);
                continue;
            }

            if (admission == Admission.Done)
            {
                LogDuplicate(held.Message.Id, QueueName, _streams.Name);
                Track(DeleteUntilDone(held));
                continue;
            }

            // A last receive: nobody is there to take it, and all is given back together.
            if (_stopped.IsCancellationRequested) continue;

            var group = queue.IsFifo ? held.Message.SystemAttributes.GroupId ?? "" : "";
            if (queue.IsFifo && _postponed.TryWaitBehind(group, held)) continue;
            if (!await TryTake(held).ConfigureAwait(false) && _postponed.Add(group, held) is { } chain) Track(TryAgain(chain, group, queue.IsFifo));
        }
    }

    // Until it is taken, and what waits behind it. When the agent stops, it is given back like all that is not delivered.
    private async Task TryAgain(Queue<HeldMessage> chain, string group, bool keepsOrder)
    {
        for (var tries = 1; ; tries++)
        {
            await Rest(tries).ConfigureAwait(false);
            while (!_stopped.IsCancellationRequested && await TryTake(_postponed.First(chain), isReported: tries % TriesBetweenReports == 0).ConfigureAwait(false))
            {
                if (!_postponed.TryGoOn(chain, group)) return;
                tries = 1;
            }

            if (_stopped.IsCancellationRequested) return;
            if (!keepsOrder) _postponed.Rotate(chain);
        }
    }

    // False if it cannot be taken now.
    private async Task<bool> TryTake(HeldMessage held, bool isReported = true)
    {
        try
        {
            var body = held.Message.Body;
            if (held.Message.Attributes.ContainsKey(AttributeNames.ClaimCheck))
            {
                body = await ClaimChecks.FetchAsync(_streams.ClaimChecks, held.Message, _stopped).ConfigureAwait(false);
                _held.Grow(held, body.Length);
            }

            Enqueue(held, body);
            return true;
        }
        catch (UnreadableMessageException unreadable)
        {
            return await PutAway(held, unreadable, isReported).ConfigureAwait(false);
        }
        catch (Exception failure) when (ClaimChecks.MayPass(failure) || failure is OperationCanceledException)
        {
            if (isReported && !_stopped.IsCancellationRequested) LogNotFetched(failure, held.Message.Id, QueueName, _streams.Name);
            return false;
        }
    }

    // Read under the lock, so that the numbers grow in the order in which messages are given out; adapters only translate.
    private void Enqueue(HeldMessage held, string body)
    {
        lock (_gate)
        {
            held.Batch = Read(held.Message, body);
            _streams.HandedOut.Add(held.Batch, held);
            _ready.Enqueue(held);
            _arrival.TrySetResult();
        }
    }

    private IBatchContainer Read(SqsMessage message, string body)
    {
        try
        {
            var batch = _streams.ToRead(message, body, ++_sequence);
            if (!message.Attributes.TryGetValue(AttributeNames.OnlyFor, out var only)) return batch;
            return Guid.TryParseExact(only, "N", out var subscription)
                ? new RedrivenBatch(batch, subscription)
                : throw new UnreadableMessageException($"Its attribute {AttributeNames.OnlyFor} is \"{only}\", which is no id of a subscription.");
        }
        catch (UnreadableMessageException)
        {
            throw;
        }
#pragma warning disable CA1031 // The adapter is the application's. What it cannot read now it can neither the next time.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            throw new UnreadableMessageException($"The data adapter cannot read it: {failure.Message}", failure);
        }
    }

    private async Task<bool> PutAway(HeldMessage held, UnreadableMessageException unreadable, bool isReported)
    {
        try
        {
            await _streams.Client.SendAsync(held.Queue.DeadLetterUrl, DeadLetterMessage.OfUnreadable(held, unreadable, _streams), _stopped).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is SqsException or OperationCanceledException)
        {
            if (isReported && !_stopped.IsCancellationRequested) LogUnreadableKept(failure, held.Message.Id, QueueName, _streams.Name, unreadable.Message);
            return false;
        }

        LogUnreadable(unreadable, held.Message.Id, QueueName, _streams.Name);
        _held.MarkDelivered(held);
        Track(DeleteUntilDone(held));
        return true;
    }

    // The object goes after the message: a message that is left would miss it. A dead letter, or another copy of one, may need it still.
    private async Task Finish(HeldMessage held)
    {
        var isDeleted = await DeleteUntilDone(held).ConfigureAwait(false);
        if (!isDeleted || held.HasDeadLetter || _streams.ClaimChecks is not { } claims || !held.Message.Attributes.ContainsKey(AttributeNames.ClaimCheck) || held.Message.Attributes.ContainsKey(AttributeNames.OnlyFor)) return;
        try
        {
            await claims.DeleteAsync(held.Message, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception failure) when (ClaimChecks.MayPass(failure) || failure is UnreadableMessageException)
        {
            LogObjectLeft(failure, held.Message.Id, QueueName, _streams.Name);
        }
    }

    // A deletion that fails is tried again; in the end the message is received again, and recognised.
    private async Task<bool> DeleteUntilDone(HeldMessage held)
    {
        for (var tries = 1; ; tries++)
        {
            var failure = await _deletes.AddAsync(held, held.Bytes).ConfigureAwait(false);
            if (failure is null or { Failure: SqsFailure.ReceiptRefused } || tries == MaxDeleteTries || _stopped.IsCancellationRequested)
            {
                _held.Forget(held);
                if (failure is not null) LogNotDeleted(failure, held.Message.Id, QueueName, _streams.Name);
                return failure is null;
            }

            await Rest(tries).ConfigureAwait(false);
        }
    }

    private async Task<IReadOnlyList<SqsException?>> DeleteAsync(IReadOnlyList<HeldMessage> messages)
    {
        try
        {
            return await _streams.Client.DeleteBatchAsync(messages[0].Queue.Url, [.. messages.Select(_held.HandleOf)]).ConfigureAwait(false);
        }
        catch (SqsException failure)
        {
            return [.. messages.Select(_ => failure)];
        }
    }

    // The later first: whoever receives meanwhile gets none of a group before those that were before it.
    private async Task GiveBackAll()
    {
        var messages = _held.TakeUndelivered();
        if (messages.Count == 0) return;
        messages.Reverse();
        var changes = messages.Select(held => new VisibilityChange(_held.HandleOf(held), TimeSpan.Zero)).ToList();
        var failures = await _streams.Client.ChangeVisibilityBatchAsync(messages[0].Queue.Url, changes, _streams.Closed).ConfigureAwait(false);
        if (failures.FirstOrDefault(static failure => failure is not null) is { } first)
            LogNotGivenBack(first, failures.Count(static failure => failure is not null), QueueName, _streams.Name);
    }

    private async Task Rest(int tries) => await Task.Delay(Backoff.After(tries), _streams.Time, _stopped).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private void Track(Task task) => Track(task, _underWay);

    private void Track(Task task, HashSet<Task> among)
    {
        if (task.IsCompleted) return;
        lock (_gate)
            among.Add(task);
        if (_stopped.IsCancellationRequested) _streams.LastCalls.Add(task);
        _ = task.ContinueWith(
            ended =>
            {
                lock (_gate)
                    among.Remove(ended);
                if (ended.Exception is { } broken) LogBroken(broken.GetBaseException(), QueueName, _streams.Name);
            },
            TaskScheduler.Default);
    }

    private List<Task> Snapshot(HashSet<Task> tasks)
    {
        lock (_gate)
            return [.. tasks];
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
