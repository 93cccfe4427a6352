using Orleans.Metadata;
using Orleans.Runtime;

namespace Orleans.Streams;

/// <summary>Says which grain of a class is meant by a stream. Registered as a keyed service under the name that the attribute gives.</summary>
public interface IStreamIdMapper
{
    /// <summary>Returns the key of the grain.</summary>
    /// <param name="grainBindings">The bindings of the grain class.</param>
    /// <param name="streamId">The stream.</param>
    IdSpan GetGrainKeyId(GrainBindings grainBindings, StreamId streamId);
}
