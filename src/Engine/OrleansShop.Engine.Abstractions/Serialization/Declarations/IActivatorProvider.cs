using Orleans.Serialization.Activators;

namespace Orleans.Serialization.Serializers;

/// <summary>Returns what creates objects of a type.</summary>
public interface IActivatorProvider
{
    /// <summary>Returns what creates objects of a type.</summary>
    IActivator<T> GetActivator<T>();
}
