namespace Orleans.Storage;

/// <summary>Options of a storage provider that turns states into bytes.</summary>
public interface IStorageProviderSerializerOptions
{
    /// <summary>What turns states into bytes.</summary>
    IGrainStorageSerializer GrainStorageSerializer { get; set; }
}
