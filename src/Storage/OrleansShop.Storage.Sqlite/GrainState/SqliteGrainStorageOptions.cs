using System.ComponentModel.DataAnnotations;
using Orleans.Storage;

namespace OrleansShop.Storage.Sqlite.GrainState;

/// <summary>How grains of one storage provider are kept in a SQLite file.</summary>
public sealed class SqliteGrainStorageOptions : IStorageProviderSerializerOptions
{
    /// <summary>The file. Required. Relative to the working directory; created with its folder if it does not exist.</summary>
    [Required]
    public string Path { get; set; } = "";

    /// <summary>Whether clearing a state removes its row. Default false: the row stays without content, so that its ETag goes on counting.</summary>
    public bool DeleteStateOnClear { get; set; }

    /// <summary>
    /// The largest state, in bytes after serialization; a larger one is refused before it is stored. Range 1,024 to 536,870,912.
    /// Default 16,777,216: forty times what DynamoDB takes, and small enough to read in one go.
    /// </summary>
    [Range(1024, 536_870_912)]
    public int MaxStateBytes { get; set; } = 16_777_216;

    /// <summary>What turns states into bytes. Default null: the serializer that is registered for the silo.</summary>
    public IGrainStorageSerializer GrainStorageSerializer { get; set; } = null!;
}
