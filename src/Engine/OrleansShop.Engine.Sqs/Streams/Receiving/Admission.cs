namespace OrleansShop.Engine.Sqs.Streams.Receiving;

/// <summary>What is to be done with a message that was received.</summary>
internal enum Admission
{
    /// <summary>It is to be delivered.</summary>
    New,

    /// <summary>It is here already, and not delivered: its time had run out.</summary>
    Waiting,

    /// <summary>It was delivered, or its event was: it is to be deleted.</summary>
    Done,
}
