namespace Orleans.Serialization;

/// <summary>What a process gives to objects that it reads.</summary>
public abstract class DeserializationContext
{
    /// <summary>The services of the process, silo or client.</summary>
    public abstract IServiceProvider ServiceProvider { get; }

    /// <summary>What the process calls grains through.</summary>
    public abstract object RuntimeClient { get; }
}
