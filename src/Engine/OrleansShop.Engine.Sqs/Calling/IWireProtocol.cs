using OrleansShop.Storage.Aws.Posting;

namespace OrleansShop.Engine.Sqs.Calling;

/// <summary>How a service is asked, and how it says no.</summary>
internal interface IWireProtocol
{
    /// <summary>The type of requests.</summary>
    string ContentType { get; }

    /// <summary>The header that names the operation; null where the body does.</summary>
    string? OperationHeader(string operation);

    /// <summary>Reads an answer that is not a success. Never throws for what the answer contains.</summary>
    ServiceFault ReadFault(PostAnswer answer);
}
