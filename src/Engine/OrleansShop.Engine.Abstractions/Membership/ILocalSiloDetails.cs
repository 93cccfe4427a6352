namespace Orleans.Runtime;

/// <summary>The silo that this code runs in.</summary>
public interface ILocalSiloDetails
{
    /// <summary>Its name.</summary>
    string Name { get; }

    /// <summary>The cluster.</summary>
    string ClusterId { get; }

    /// <summary>The name of the machine.</summary>
    string DnsHostName { get; }

    /// <summary>Where silos reach it.</summary>
    SiloAddress SiloAddress { get; }

    /// <summary>Where clients reach it; port 0 if it takes none.</summary>
    SiloAddress GatewayAddress { get; }
}
