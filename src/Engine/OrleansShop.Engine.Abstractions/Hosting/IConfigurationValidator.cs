namespace Orleans;

/// <summary>Checks a part of the configuration at start.</summary>
public interface IConfigurationValidator
{
    /// <summary>Returns if all is well.</summary>
    /// <exception cref="Runtime.OrleansConfigurationException">Something is not valid.</exception>
    void ValidateConfiguration();
}
