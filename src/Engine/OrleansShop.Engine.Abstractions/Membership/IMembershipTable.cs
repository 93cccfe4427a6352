using Orleans.Runtime;

namespace Orleans;

/// <summary>The table that decides who is in a cluster: a row for each silo and one for the version, changed together.</summary>
public interface IMembershipTable
{
    /// <summary>Creates what is missing; with <paramref name="tryInitTableVersion"/> the version row too.</summary>
    Task InitializeMembershipTable(bool tryInitTableVersion);

    /// <summary>Removes all rows of a cluster.</summary>
    Task DeleteMembershipTableEntries(string clusterId);

    /// <summary>Removes rows of silos that have shown no life since <paramref name="beforeDate"/>.</summary>
    Task CleanupDefunctSiloEntries(DateTimeOffset beforeDate);

    /// <summary>Returns the row of a silo and the version, as of one moment.</summary>
    Task<MembershipTableData> ReadRow(SiloAddress key);

    /// <summary>Returns all rows and the version, as of one moment.</summary>
    Task<MembershipTableData> ReadAll();

    /// <summary>Adds a row and advances the version; false if the row is there or the version has moved.</summary>
    Task<bool> InsertRow(MembershipEntry entry, TableVersion tableVersion);

    /// <summary>Replaces a row and advances the version; false if the row's ETag or the version has moved.</summary>
    Task<bool> UpdateRow(MembershipEntry entry, string etag, TableVersion tableVersion);

    /// <summary>Writes the row's sign of life only, whatever the version is.</summary>
    Task UpdateIAmAlive(MembershipEntry entry);
}
