namespace OrleansShop.Storage.DynamoDB.Tables;

/// <summary>What may be done about a table at the start. Whatever it says, the billing and the capacity of a table that is there stay as they are.</summary>
/// <param name="MayCreate">Whether a missing table is created.</param>
/// <param name="MayUpdate">Whether a table that is there is told to delete items when their time is over, if that is wanted and it does not.</param>
/// <param name="ProvisionedUnits">The capacity of a table that is created; null for billing by request.</param>
internal sealed record TableRules(bool MayCreate, bool MayUpdate, (int Read, int Write)? ProvisionedUnits = null);
