namespace OrleansShop.Strangler.BridgeClient;

/// <summary>
/// Sends takes to the bridge: one that comes alone at once and alone, those that come while others are on their way together. A sweep asks for many at a time, and what a call and a commit cost is then paid once for all of a
/// group. Thread-safe.
/// </summary>
internal sealed class TakeGroups(BridgeCalls calls)
{
    /// <summary>One is written by the bridge while the next is on its way.</summary>
    private const int MaxUnderWay = 2;

    /// <summary>How many takes may wait. More than sweeps and requests ask for at a time; those beyond are told to come back.</summary>
    private const int MaxWaiting = 10_000;

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();

    // Both guarded by _gate.
    private readonly Queue<Waiting> _waiting = new();
    private int _underWay;

    internal Task<TakenEntity> TakeAsync(TakeRequest request, CancellationToken cancellationToken)
    {
        Waiting waiting;
        lock (_gate)
        {
            if (_underWay < MaxUnderWay)
            {
                _underWay++;
                return TakeNowAsync(request, cancellationToken);
            }

            if (_waiting.Count >= MaxWaiting) throw new BridgeUnavailableException($"{MaxWaiting} entities are waiting to be taken already.", RetryAfter);
            waiting = new Waiting(request);
            _waiting.Enqueue(waiting);
        }

        return WaitAsync(waiting, cancellationToken);
    }

    private async Task<TakenEntity> TakeNowAsync(TakeRequest request, CancellationToken cancellationToken)
    {
        try
        {
            // Not in the caller's turn: the next group must not wait until its grain has one.
            return await TakeAloneAsync(request, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            GoOn();
        }
    }

    private async Task<TakenEntity> WaitAsync(Waiting waiting, CancellationToken cancellationToken)
    {
        try
        {
            return await waiting.Answer.Task.WaitAsync(calls.Timeout, TimeProvider.System, cancellationToken);
        }
        catch (TimeoutException) when (!waiting.Answer.Task.IsCompleted)
        {
            throw new BridgeUnavailableException($"The bridge has not taken the {waiting.Request.Kind} {waiting.Request.Id} within {calls.Timeout.TotalSeconds} s.", RetryAfter);
        }
        finally
        {
            // One that nobody waits for any more, and that has not been sent, is not sent.
            waiting.Answer.TrySetCanceled(CancellationToken.None);
        }
    }

    /// <summary>Hands a place that has become free to those who wait.</summary>
    private void GoOn()
    {
        lock (_gate)
        {
            if (_waiting.Count == 0)
            {
                _underWay--;
                return;
            }
        }

        // Not as a part of what the last caller does: its trace is not that of the others.
        using (ExecutionContext.SuppressFlow())
        {
            _ = Task.Run(SendGroupsAsync);
        }
    }

    private async Task SendGroupsAsync()
    {
        while (NextGroup() is { } group)
        {
            try
            {
                await SendAsync(group);
            }
            catch (Exception failure)
            {
                // Nobody awaits this loop; whoever waits for an answer of the group gets what has gone wrong.
                foreach (var waiting in group) waiting.Answer.TrySetException(failure);
            }
        }
    }

    /// <summary>Those of the kind of the first, in their order; null, and the place is given back, when nobody waits.</summary>
    private List<Waiting>? NextGroup()
    {
        lock (_gate)
        {
            var group = new List<Waiting>();
            while (group.Count < TakeGroupRequest.MaxTakes && _waiting.TryPeek(out var next))
            {
                if (group.Count > 0 && !IsOfOneKind(group[0].Request, next.Request)) break;
                _waiting.Dequeue();
                if (!next.Answer.Task.IsCompleted) group.Add(next);
            }

            if (group.Count > 0) return group;
            if (_waiting.Count > 0) return [];
            _underWay--;
            return null;
        }
    }

    private async Task SendAsync(List<Waiting> group)
    {
        if (group.Count <= 1)
        {
            foreach (var only in group) only.Answer.TrySetResult(await TakeAloneAsync(only.Request, CancellationToken.None));
            return;
        }

        var answer = await calls.AskAsync<TakeGroupRequest, TakeGroupAnswer>(
            BridgeWire.TakeGroupPath, new TakeGroupRequest([.. group.Select(static waiting => waiting.Request)]), CancellationToken.None);
        if (answer.Answers?.Count != group.Count) throw calls.Unexpected(BridgeWire.TakeGroupPath, $"{answer.Answers?.Count ?? 0} answers instead of {group.Count}");
        foreach (var (waiting, its) in group.Zip(answer.Answers)) Tell(waiting, its);
    }

    private void Tell(Waiting waiting, TakeAnswer answer)
    {
        if (answer.Taken is { } taken) waiting.Answer.TrySetResult(taken);
        else if (answer.Refusal is { } reason) waiting.Answer.TrySetException(new BridgeRefusedException(reason, answer.Detail ?? reason.ToString()));
        else _ = TellAloneAsync(waiting);
    }

    /// <summary>It may take as long as somebody keeps the entity: the others do not wait for it.</summary>
    private async Task TellAloneAsync(Waiting waiting)
    {
        try
        {
            waiting.Answer.TrySetResult(await TakeAloneAsync(waiting.Request, CancellationToken.None));
        }
        catch (Exception failure)
        {
            waiting.Answer.TrySetException(failure);
        }
    }

    private Task<TakenEntity> TakeAloneAsync(TakeRequest request, CancellationToken cancellationToken) =>
        calls.AskAsync<TakeRequest, TakenEntity>(BridgeWire.TakePath, request, cancellationToken);

    private static bool IsOfOneKind(TakeRequest one, TakeRequest other) => (one.Capability, one.Kind) == (other.Capability, other.Kind);

    /// <summary>A take that has not been sent, and who waits for it.</summary>
    private sealed record Waiting(TakeRequest Request)
    {
        public TaskCompletionSource<TakenEntity> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
