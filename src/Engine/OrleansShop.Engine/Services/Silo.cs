namespace Orleans.Runtime;

/// <summary>The silo that a grain service runs on. Its host starts and stops it.</summary>
public sealed class Silo
{
    internal Silo(ILocalSiloDetails details) => SiloAddress = details.SiloAddress;

    /// <summary>The silo's address.</summary>
    public SiloAddress SiloAddress { get; }

    /// <inheritdoc/>
    public override string ToString() => SiloAddress.ToString();
}
