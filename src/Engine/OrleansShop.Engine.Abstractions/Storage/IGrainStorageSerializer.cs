namespace Orleans.Storage;

/// <summary>Turns states into bytes for a storage provider.</summary>
public interface IGrainStorageSerializer
{
    /// <summary>Returns the bytes of a state.</summary>
    BinaryData Serialize<T>(T? input);

    /// <summary>Returns the state in the bytes.</summary>
    T? Deserialize<T>(BinaryData input);
}
