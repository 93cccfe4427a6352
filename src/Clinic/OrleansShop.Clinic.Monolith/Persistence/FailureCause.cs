namespace OrleansShop.Clinic.Monolith.Persistence;

/// <summary>Why the database refused.</summary>
internal enum FailureCause
{
    /// <summary>A fault of the program: the statement or its values.</summary>
    Fault,

    /// <summary>Another transaction got in between (a constraint, a deadlock, a serialization failure): the same work, done again, finds what is true now.</summary>
    LostRace,

    /// <summary>The database cannot be reached or is too busy.</summary>
    Unavailable,
}
