namespace Orleans.Serialization.Activators;

/// <summary>Creates the objects whose members a serializer then sets. Used for types marked with <see cref="UseActivatorAttribute"/>. Thread-safe.</summary>
/// <typeparam name="T">A class.</typeparam>
public interface IActivator<T>
{
    /// <summary>Creates an object.</summary>
    T Create();
}
