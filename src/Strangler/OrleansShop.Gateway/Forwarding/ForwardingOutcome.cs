namespace OrleansShop.Gateway.Forwarding;

/// <summary>What came of forwarding a request.</summary>
internal enum ForwardingOutcome
{
    /// <summary>The client has its answer, be it a problem, or is gone.</summary>
    Answered,

    /// <summary>The backend does not own what the request is about and has not executed it (421). Nothing has been answered yet.</summary>
    Misdirected,

    /// <summary>The backend failed (5xx) at a request that says to keep such answers (<see cref="Repair.RepeatableRequest.KeepsServerErrors"/>). Nothing has been answered yet; the answer's head is in the response, its body is kept.</summary>
    ServerError,
}
