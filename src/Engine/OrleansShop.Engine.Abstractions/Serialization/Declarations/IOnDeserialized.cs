namespace Orleans.Serialization;

/// <summary>
/// An object that is told when its members have been read. Its class says so with <c>[SerializationCallbacks(typeof(OnDeserializedCallbacks))]</c>.
/// </summary>
public interface IOnDeserialized
{
    /// <summary>Called when all members have been read; objects that these refer to may not be complete if they refer back.</summary>
    /// <param name="context">What the process has.</param>
    void OnDeserialized(DeserializationContext context);
}
