namespace OrleansShop.Storage.Aws.Calling;

/// <summary>What <see cref="RepeatedCalls"/> has to know of the service that it calls.</summary>
internal interface ICalledService
{
    /// <summary>What a call is about, for messages, such as <c>the queue "visits"</c>.</summary>
    string Describe(string target);

    /// <summary>Whether the same call may succeed a moment later.</summary>
    bool MayPass(Exception failure);

    /// <summary>Says what a failure means that does not pass; null if its caller knows better than this what it means.</summary>
    Exception? Explain(Exception failure, string operation, string target, string place);

    /// <summary>What is thrown when a call is not repeated any more.</summary>
    Exception GivenUp(string message, Exception lastFailure);
}
