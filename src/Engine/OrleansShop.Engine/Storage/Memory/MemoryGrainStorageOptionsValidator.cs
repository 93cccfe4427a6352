using Orleans.Runtime;

namespace Orleans.Configuration;

/// <summary>Checks the options of grain storage in memory when the silo starts.</summary>
/// <param name="options">The options.</param>
/// <param name="name">The provider's name.</param>
public class MemoryGrainStorageOptionsValidator(MemoryGrainStorageOptions options, string name) : IConfigurationValidator
{
    /// <inheritdoc/>
    /// <exception cref="OrleansConfigurationException">An option is out of its range.</exception>
    public void ValidateConfiguration()
    {
        if (options.NumStorageGrains <= 0)
            throw new OrleansConfigurationException($"Memory grain storage \"{name}\": {nameof(MemoryGrainStorageOptions)}.{nameof(options.NumStorageGrains)} is {options.NumStorageGrains}; it must be at least 1.");
    }
}
