namespace OrleansShop.Engine.Messaging.Frames;

/// <summary>What a frame is; its first byte.</summary>
internal enum FrameKind : byte
{
    /// <summary>Who speaks; the first frame in each direction.</summary>
    Hello = 1,

    /// <summary>A number for a grain type or an interface, used by the frames after it on this connection.</summary>
    Define = 2,

    /// <summary>A call.</summary>
    Request = 3,

    /// <summary>The outcome of a call.</summary>
    Response = 4,

    /// <summary>The caller has given up a call.</summary>
    Cancel = 5,

    /// <summary>There is a newer view.</summary>
    ViewNotice = 6,

    /// <summary>A client asks for the view.</summary>
    ViewQuestion = 7,

    /// <summary>The view, to a client.</summary>
    ViewAnswer = 8,

    /// <summary>A silo is at a view.</summary>
    Acknowledge = 9,

    /// <summary>The sender will close the connection: send no more requests on it.</summary>
    Leaving = 10,

    /// <summary>No request follows on this connection; the answer to <see cref="Leaving"/>.</summary>
    LeavingSeen = 11,

    /// <summary>An owner places a grain on another silo.</summary>
    Place = 12,

    /// <summary>A host has a grain that was placed on it.</summary>
    Placed = 13,

    /// <summary>A host does not have a grain that was placed on it.</summary>
    Unplaced = 14,

    /// <summary>An owner asks a host which placements it has.</summary>
    Settle = 15,

    /// <summary>A grain has left its host for another silo.</summary>
    Move = 16,

    /// <summary>Nothing has come on this connection for a while: are you there?</summary>
    Probe = 17,

    /// <summary>The answer to <see cref="Probe"/>.</summary>
    ProbeSeen = 18,

    /// <summary>A grain has left the previous owner of its partition for the new one.</summary>
    HandOver = 19,
}
