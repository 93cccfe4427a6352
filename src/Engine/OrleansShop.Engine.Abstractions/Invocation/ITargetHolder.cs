namespace Orleans.Serialization.Invocation;

/// <summary>Holds the object that a call is made on.</summary>
public interface ITargetHolder
{
    /// <summary>Returns the object; null if there is none.</summary>
    object? GetTarget();

    /// <summary>Returns a part of it by type, an extension for instance; null if there is none.</summary>
    object? GetComponent(Type componentType);
}
