namespace Orleans.Storage;

/// <summary>Writes states with one serializer and reads what it or another one wrote: for changing the format of states that are stored already.</summary>
/// <param name="serializer">Writes, and reads first.</param>
/// <param name="fallbackDeserializer">Reads what the other cannot.</param>
public class GrainStorageSerializer(IGrainStorageSerializer serializer, IGrainStorageSerializer fallbackDeserializer) : IGrainStorageSerializer
{
    /// <inheritdoc/>
    public BinaryData Serialize<T>(T? input) => serializer.Serialize(input);

    /// <inheritdoc/>
    /// <exception cref="AggregateException">Neither can read it; both exceptions are in there.</exception>
    public T? Deserialize<T>(BinaryData input)
    {
        try
        {
            return serializer.Deserialize<T>(input);
        }
        catch (Exception first)
        {
            try
            {
                return fallbackDeserializer.Deserialize<T>(input);
            }
            catch (Exception second)
            {
                throw new AggregateException($"A stored state of type {typeof(T)} can be read neither with {serializer.GetType()} nor with {fallbackDeserializer.GetType()}.", first, second);
            }
        }
    }
}
