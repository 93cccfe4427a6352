using System.ComponentModel.DataAnnotations;

namespace OrleansShop.Strangler.Ids;

/// <summary>How ids are taken from the monolith. Section <c>Strangler:Ids</c>.</summary>
public sealed class IdAllocatorOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Strangler:Ids";

    /// <summary>
    /// How many ids are taken at once. Range 1 to 1,000. Default 20: one call to the bridge in twenty creations, and at most nineteen ids lost per
    /// kind when a process ends.
    /// </summary>
    [Range(1, 1000)]
    public int BlockSize { get; set; } = 20;
}
