namespace OrleansShop.Testing.Histories;

/// <summary>What a client asks of a register.</summary>
public enum OperationKind
{
    Read,
    Create,
    Update,
    Delete,
}
